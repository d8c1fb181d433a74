import { fromDayNumber, toDayNumber } from '../../core/calendar/calendar-date.js';
import type { DecisionStanding } from '../../core/calls/decision-standing.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Parting, RankingRow } from '../../store/award-store.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { CallDesk } from './call-desk.js';
import type { CallRecord } from './call-record.js';
import type { Dossier } from './dossier.js';
import { keepsCriticalMass, projectFiles, standingOf, type ProjectFile } from './project-file.js';

export interface RegionStanding {
  readonly region: string;
  readonly standing: DecisionStanding;
  readonly decidedOn: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly reference: string | null;
  /** Since when it blocks the project; null: it does not. */
  readonly blocksSince: string | null;
  /** Whether the others have critical mass without it (R14). */
  readonly othersKeepMass: boolean;
}

/** Where one project stands between ranking and start. */
export interface ProjectBlocking {
  readonly proposal: string;
  readonly acronym: string;
  readonly rank: number;
  readonly kind: 'ready' | 'waiting' | 'blocked';
  readonly daysLeft: number;
  readonly regions: readonly RegionStanding[];
  /** Without whom it goes on. */
  readonly parted: readonly Parting[];
  readonly startOn: string | null;
}

/** Which region blocks which project of a call. */
export interface BlockingView {
  readonly scheme: string;
  readonly callKey: string;
  readonly cycleId: string;
  readonly version: number;
  readonly today: string;
  /** Both null before the ranking. */
  readonly rankedOn: string | null;
  readonly decideUntil: string | null;
  readonly projects: readonly ProjectBlocking[];
}

/** Plain JSON. */
export function blockingView(
  { call, cycle, picture, now }: Pick<CallDesk, 'call' | 'cycle' | 'picture' | 'now'>,
  dossier: Dossier,
): BlockingView {
  const { ranking } = dossier;
  const today = dateInZone(now, picture.region.zone);
  return {
    scheme: call.scheme,
    callKey: call.key,
    cycleId: cycle.id,
    version: cycle.version,
    today,
    rankedOn: ranking?.approvedOn ?? null,
    decideUntil:
      ranking === null ? null : fromDayNumber(toDayNumber(ranking.approvedOn) + call.rules.decisionDays),
    projects:
      ranking === null
        ? []
        : projectFiles(dossier).map((file) => projectBlocking({ call, ranking, picture }, file)),
  };
}

function projectBlocking(
  at: { readonly call: CallRecord; readonly ranking: RankingRow; readonly picture: CyclePicture },
  file: ProjectFile,
): ProjectBlocking {
  const { call, ranking, picture } = at;
  const { project, acronym, decisions } = file;
  const found = standingOf(call, ranking, file, picture.today);
  return {
    proposal: project.proposalId,
    acronym,
    rank: project.rank,
    kind: found.kind,
    daysLeft: found.daysLeft,
    regions: found.regions.map(({ region, standing }) => {
      const decision = decisions.find((each) => each.region === region);
      return {
        region,
        standing,
        decidedOn: decision?.decidedOn ?? null,
        amount: decision?.amount ?? null,
        currency: decision?.currency ?? null,
        reference: decision?.reference ?? null,
        blocksSince: blocksSince(call, ranking, standing, decision?.decidedOn ?? null),
        othersKeepMass: keepsCriticalMass(
          call,
          file.regions.filter((each) => each !== region),
          picture.regions,
        ),
      };
    }),
    parted: project.parted,
    startOn: project.startOn ?? null,
  };
}

/** A refusal blocks from its day; whoever is late from the day after the window. */
function blocksSince(
  { rules }: CallRecord,
  { approvedOn }: RankingRow,
  standing: DecisionStanding,
  decidedOn: string | null,
): string | null {
  if (standing === 'refuses') return decidedOn;
  if (standing !== 'blocks' && standing !== 'may-be-left') return null;
  return fromDayNumber(toDayNumber(approvedOn) + rules.decisionDays + 1);
}
