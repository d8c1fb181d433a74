import { criticalMass, type MassRegion } from '../../core/activities/critical-mass.js';
import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { isDecisionInTime } from '../../core/calls/call-rules.js';
import {
  projectStanding,
  type ProjectStanding,
  type RegionalDecision,
} from '../../core/calls/decision-standing.js';
import type { CallDecisionRow, ProjectRow, RankingRow } from '../../store/award-store.js';
import type { RegionRow } from '../../store/scheme-store.js';
import type { CallRecord } from './call-record.js';
import type { Dossier } from './dossier.js';

/** A project between ranking and start. */
export interface ProjectFile {
  readonly project: ProjectRow;
  readonly acronym: string;
  /** Those that are asked to decide: neither parted nor without partners, in the order of the request. */
  readonly regions: readonly string[];
  readonly decisions: readonly CallDecisionRow[];
}

/** The projects for which money is set aside, in the order of the ranking. */
export function projectFiles({ ranking, projects, decisions }: Dossier): readonly ProjectFile[] {
  return projects
    .filter(({ status }) => status === 'funded')
    .map((project) => {
      const entry = ranking?.ranked.find(({ proposal }) => proposal === project.proposalId);
      const parted = new Set(project.parted.map(({ region }) => region));
      return {
        project,
        acronym: entry?.acronym ?? '',
        regions: (entry?.requests ?? []).map(({ region }) => region).filter((region) => !parted.has(region)),
        decisions: decisions.filter(({ proposalId }) => proposalId === project.proposalId),
      };
    });
}

/** Where a project stands on a day; a late decision that the coordinator lets count is as one of the last day. */
export function standingOf(
  call: CallRecord,
  ranking: RankingRow,
  file: ProjectFile,
  today: CalendarDate,
): ProjectStanding {
  return projectStanding(ranking.approvedOn, regionalDecisions(call, ranking, file), today, call.rules);
}

function regionalDecisions(
  { rules }: CallRecord,
  { approvedOn }: RankingRow,
  { regions, decisions }: ProjectFile,
): RegionalDecision[] {
  const lastDay = fromDayNumber(toDayNumber(approvedOn) + rules.decisionDays);
  return regions.map((region) => {
    const found = decisions.find((each) => each.region === region);
    if (found === undefined) return { region, decidedOn: null, isPositive: false };
    const counts = (found.lateReason ?? null) !== null && found.decidedOn > lastDay;
    return {
      region,
      decidedOn: counts ? lastDay : found.decidedOn,
      isPositive: found.result === 'funds',
    };
  });
}

/** The decisions that came after the window and that nobody lets count. */
export function lateDecisions(
  { rules }: CallRecord,
  { approvedOn }: RankingRow,
  { regions, decisions }: ProjectFile,
): readonly CallDecisionRow[] {
  return decisions.filter(
    ({ region, decidedOn, lateReason }) =>
      regions.includes(region) &&
      (lateReason ?? null) === null &&
      !isDecisionInTime(approvedOn, decidedOn, rules),
  );
}

/** Whether these regions are enough for the project to go across regions (R14). Where a class is open, they are not. */
export function keepsCriticalMass(
  call: CallRecord,
  regions: readonly string[],
  known: readonly RegionRow[],
): boolean {
  const members = known
    .filter(({ nuts }) => regions.includes(nuts))
    .map(({ nuts, country, class: regionClass }) => ({
      region: nuts,
      country,
      class: (regionClass ?? null) as MassRegion['class'],
    }));
  return criticalMass(members, call.criticalMass).verdict === 'reached';
}
