import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactValue } from '../facts/fact-value.js';
import type { Exactness } from '../logic/exactness.js';
import type { StepEvent } from '../machines/workflow-schema.js';

/**
 * What can be wrong with a workflow, a rulebook and sync points together, and how bad it is at worst. An `error`
 * strands a region or guards nothing; a `warning` is a rule or a wait that is not what it seems. Of the errors these
 * are only warnings: a rule that shuts no gate, a gate that is always open for some regions only, a sync point that
 * its deadline will release.
 */
export const ALARM_SEVERITIES = {
  /** A transition names a gate that the rulebook does not have. Params: `gate`. */
  'gate.missing': 'error',
  /** No facts open the gate. Params: `gate`, `rules`: a smallest group that nothing satisfies together. */
  'gate.unsatisfiable': 'error',
  /** The gate can open, but only on days that are past when a cycle can first stand before it. Params: `gate`, `from`. */
  'gate.closed-on-arrival': 'error',
  /** Once its facts are known the gate opens, whatever they are. Params: `gate`. */
  'gate.always-open': 'error',
  /** No facts satisfy the rule. Params: `gate`, `rule`. */
  'rule.unsatisfiable': 'error',
  /** The rule is unknown for ever. Params: `gate`, `rule`, `facts`: those that nobody can record. */
  'rule.undecidable': 'error',
  /** Two rules of one gate are never satisfied together. Params: `gate`, `rules`. */
  'rules.contradict': 'error',
  /** The other rules of the gate imply it. Params: `gate`, `rule`, `by`: a smallest group that does. */
  'rule.dead': 'warning',
  /** Whenever the gate opens, this rule is broken: its warning or action always comes. Params: `gate`, `rule`, `by`. */
  'rule.never-holds': 'warning',
  /** No way through gates that can open leads to the state. Params: `state`. */
  'state.unreachable': 'error',
  /** From here, or from the loop, no final state can be reached. Params: `states`. */
  'state.without-exit': 'error',
  /** From here, or from the loop, a cycle can only be withdrawn, never closed. Params: `states`. */
  'state.only-withdrawal': 'error',
  /** Members arrive only after the release. Params: `syncPoint`, `waitsFor`: the sync points of the circle. */
  'sync-point.waits-for-itself': 'error',
  /** It waits for another sync point that is never released. Params: `syncPoint`, `waitsFor`. */
  'sync-point.never-released': 'error',
  /** Too few members can ever arrive. Params: `syncPoint`, `missing`, `arriving` and `needed` (numbers of members). */
  'sync-point.members-cannot-arrive': 'error',
} as const;

export type AlarmCode = keyof typeof ALARM_SEVERITIES;

/** What an alarm or an open question is about. */
export interface Finding {
  readonly code: AlarmCode;
  /** The kind of definition that `pointer` (RFC 6901) points into. */
  readonly file: 'workflow' | 'rulebook' | 'scheme';
  readonly pointer: string;
  /** NUTS codes of the regions for which it is so, in the order of the scheme. */
  readonly regions: readonly string[];
  /** What a sentence about it names; see the code. */
  readonly params: Readonly<Record<string, string | number | readonly string[]>>;
}

/** A proved fault. */
export interface Alarm extends Finding {
  readonly severity: 'error' | 'warning';
  /** For the first of the regions that can be led there. */
  readonly witness: Witness;
}

/** A fault that could be neither proved nor ruled out; it is treated as if it were none. */
export interface Undecided extends Finding {
  readonly because: readonly Exactness['because'][number][];
}

export type RecordedFact = Pick<FactValue, 'fact' | 'value' | 'precision'>;

/** A wish put to the cycle, or a timer that is due. */
export interface AskedEvent {
  readonly type: StepEvent;
  readonly to: string;
}

/** Facts that are recorded on a day, and then an event that moves the cycle. */
export interface WitnessStep {
  readonly on: CalendarDate;
  readonly facts: readonly RecordedFact[];
  readonly event: AskedEvent;
}

/** A question at the end of the path; asking it leaves the cycle where it is. */
export interface WitnessQuestion {
  readonly on: CalendarDate;
  /** Recorded before the question, in addition to those of the path. */
  readonly facts: readonly RecordedFact[];
  /** Null: only the gate is judged. */
  readonly event: AskedEvent | null;
  /** Null: no gate stands there. */
  readonly gate: string | null;
  readonly shows: WitnessClaim;
}

/** What the answer will be. */
export interface WitnessClaim {
  /** `gate.missing`: the rulebook has no such gate, which no engine gets past. Null: nothing is claimed. */
  readonly outcome:
    'advanced' | 'event.not-possible' | 'event.target-unknown' | 'gate.refused' | 'gate.missing' | null;
  /** What conditions of the gate's rules say, by rule id; of the rules that matter. */
  readonly rules: Readonly<Record<string, 'pass' | 'fail' | 'unknown'>>;
}

/** A path that can be replayed with the engine's own decisions (`replayWitness`). */
export interface Witness {
  readonly region: string;
  readonly startsOn: CalendarDate;
  readonly steps: readonly WitnessStep[];
  /** The state in which the path ends. */
  readonly endsIn: string;
  readonly questions: readonly WitnessQuestion[];
  /** A milestone that is not reached on the path; null: none is claimed. */
  readonly missesMilestone: string | null;
}
