import type { RankedEntry, RankingRow, UnrankedEntry } from '../../store/award-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { partsIn, type CallRecord } from './call-record.js';
import { eligibilityOf, isEvaluated, type Dossier } from './dossier.js';

/** The joint ranking, or what it waits for. */
export interface RankingView {
  readonly scheme: string;
  readonly callKey: string;
  readonly cycleId: string;
  /** Of the call's cycle: what `If-Match` takes. */
  readonly version: number;
  /** The regions that take part, and whether each has finished its part of the evaluation. */
  readonly evaluations: readonly {
    readonly region: string;
    readonly closedOn: string | null;
    readonly closedBy: string | null;
  }[];
  /** What stands in the way of the approval; empty when nothing does, and after it. */
  readonly waitsFor: readonly string[];
  /** Null before it is approved. */
  readonly approved: {
    readonly approvedOn: string;
    readonly approvedBy: string;
    readonly approvedAt: string;
    readonly reference: string | null;
    readonly scoring: RankingRow['scoring'];
    readonly ranked: readonly RankedEntry[];
    readonly unranked: readonly UnrankedEntry[];
  } | null;
}

/** Plain JSON. */
export function rankingView(
  call: CallRecord,
  cycle: Pick<CycleRow, 'id' | 'version'>,
  dossier: Dossier,
): RankingView {
  const { ranking } = dossier;
  return {
    scheme: call.scheme,
    callKey: call.key,
    cycleId: cycle.id,
    version: cycle.version,
    evaluations: partsIn(call).map(({ region }) => {
      const found = dossier.evaluations.find((each) => each.region === region);
      return { region, closedOn: found?.closedOn ?? null, closedBy: found?.closedBy ?? null };
    }),
    waitsFor: ranking === null ? rankingWaitsFor(call, dossier) : [],
    approved:
      ranking === null
        ? null
        : {
            approvedOn: ranking.approvedOn,
            approvedBy: ranking.approvedBy,
            approvedAt: ranking.approvedAt,
            reference: ranking.reference ?? null,
            scoring: ranking.scoring,
            ranked: ranking.ranked,
            unranked: ranking.unranked,
          },
  };
}

/** What a ranking has to wait for, in words that name the region or the proposal. */
export function rankingWaitsFor(call: CallRecord, { files, evaluations }: Dossier): readonly string[] {
  const regions = partsIn(call)
    .filter(({ region }) => !evaluations.some((each) => each.region === region))
    .map(({ region }) => `${region}: evaluation not finished`);
  const standing = files.filter(({ row }) => row.status === 'submitted');
  const proposals = standing.flatMap((file) => {
    const word = eligibilityOf(call, file);
    if (word === 'unknown') return [`${file.row.acronym}: eligibility not settled`];
    return word === 'eligible' && !isEvaluated(call, file)
      ? [`${file.row.acronym}: experts or reviews lacking`]
      : [];
  });
  const isEmpty = !standing.some((file) => eligibilityOf(call, file) === 'eligible');
  return [...regions, ...proposals, ...(isEmpty ? ['no proposal is eligible'] : [])];
}
