import { toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { isStartDay } from '../../core/calls/call-rules.js';
import type { FactScalar } from '../../core/facts/fact-value.js';
import type { CallRecord } from './call-record.js';
import { eligibilityOf, evaluationOf, independentExperts, isEvaluated, type Dossier } from './dossier.js';
import { lateDecisions, projectFiles, type ProjectFile } from './project-file.js';

/** What the gates of a call ask of its proposals, by name of the fact; null: not known yet. */
export function callFacts(call: CallRecord, dossier: Dossier): Readonly<Record<string, FactScalar | null>> {
  return { ...proposalFacts(call, dossier), ...projectFacts(call, dossier) };
}

function proposalFacts(
  call: CallRecord,
  { files, ranking }: Dossier,
): Readonly<Record<string, FactScalar | null>> {
  const standing = files.filter(({ row }) => row.status === 'submitted');
  const eligible = standing.filter((file) => eligibilityOf(call, file) === 'eligible');
  // One that nobody has found eligible or not cannot be passed over: its evaluation is open.
  const open = standing.filter((file) => {
    const word = eligibilityOf(call, file);
    return word === 'unknown' || (word === 'eligible' && !isEvaluated(call, file));
  });
  const experts = eligible.map((file) => independentExperts(file).length);
  const faults = standing.map((file) => evaluationOf(call, file).faults.length);
  return {
    'call.proposals': standing.length,
    'call.proposals_eligible': eligible.length,
    'call.experts_per_proposal_min': experts.length === 0 ? null : Math.min(...experts),
    'call.reviews_with_conflict': faults.reduce((sum, count) => sum + count, 0),
    'call.evaluations_open': open.length,
    'call.ranking_approved_on': ranking?.approvedOn ?? null,
  };
}

const NONE: Readonly<Record<string, FactScalar | null>> = {
  'call.decisions_open': null,
  'call.decision_days_max': null,
  'call.decisions_late': null,
  'call.projects': null,
  'call.start_on': null,
  'call.start_gap_days': null,
  'call.start_is_first_of_month': null,
};

function projectFacts(call: CallRecord, dossier: Dossier): Readonly<Record<string, FactScalar | null>> {
  const { ranking } = dossier;
  if (ranking === null) return NONE;
  const files = projectFiles(dossier);
  const decided = files.flatMap(decidedDays);
  const open = files.reduce((sum, file) => sum + awaitedRegions(file).length, 0);
  const late = files.reduce((sum, file) => sum + lateDecisions(call, ranking, file).length, 0);
  const last = decided.toSorted().at(-1) ?? null;
  const started = files.filter(({ project }) => (project.startOn ?? null) !== null);
  const startOn = started.flatMap(({ project }) => project.startOn ?? []).toSorted()[0] ?? null;
  const lastOfStarted = started.flatMap(decidedDays).toSorted().at(-1) ?? null;
  return {
    'call.decisions_open': open,
    'call.decision_days_max': last === null ? null : toDayNumber(last) - toDayNumber(ranking.approvedOn),
    'call.decisions_late': late,
    'call.projects': files.length,
    'call.start_on': startOn,
    'call.start_gap_days':
      startOn === null || lastOfStarted === null ? null : toDayNumber(startOn) - toDayNumber(lastOfStarted),
    'call.start_is_first_of_month': startOn === null ? null : isStartDay(startOn, call.rules),
  };
}

/** The regions of a project whose decision is awaited. */
export function awaitedRegions({ regions, decisions }: ProjectFile): readonly string[] {
  return regions.filter((region) => !decisions.some((each) => each.region === region));
}

/** The days of the decisions that count for a project. */
export function decidedDays({ regions, decisions }: ProjectFile): readonly CalendarDate[] {
  return decisions.filter(({ region }) => regions.includes(region)).map(({ decidedOn }) => decidedOn);
}
