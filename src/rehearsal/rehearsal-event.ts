import type { FactScalar } from '../core/facts/fact-value.js';
import type { DatePrecision } from '../core/calendar/date-span.js';
import type { OutcomeValue } from '../core/logic/evaluate-condition.js';
import type { Operator } from '../core/logic/operator.js';
import type { VerdictWord } from '../core/gates/verdict.js';
import type { StepEvent } from '../core/machines/workflow-schema.js';
import type { CycleStatus } from '../core/machines/cycle-snapshot.js';
import type { Instant } from '../core/terms/instant.js';
import type { Language } from '../core/terms/language.js';
import type { JointStep } from './joint-step-schema.js';
import type { ScenarioEvent } from './scenario-schema.js';

/** `sourced`: somebody has published it; `assumed`: made up so that the rehearsal can go on. */
export type Origin = 'sourced' | 'assumed';

/** A thing with an id and its English name. */
export interface Named {
  readonly id: string;
  readonly label: string;
}

export interface RehearsedFact {
  readonly fact: string;
  readonly label: string;
  readonly value: FactScalar;
  /** Null for everything but a date. */
  readonly precision: DatePrecision | null;
  readonly origin: Origin;
  /** Address of the page; null for an assumed fact. */
  readonly source: string | null;
  readonly note: string | null;
}

/** One comparison that did not come out right. */
export interface Shortfall {
  readonly subject: string;
  readonly actual: OutcomeValue | null;
  readonly operator: Operator;
  readonly required: OutcomeValue | null;
}

/** A rule of a gate that does not simply pass. */
export interface Reason {
  readonly rule: string;
  readonly label: string;
  readonly shortfalls: readonly Shortfall[];
}

export interface AwaitedFact {
  readonly fact: string;
  readonly owner: string;
  readonly reason: 'missing' | 'stale' | 'imprecise';
}

export interface RehearsedTask {
  readonly reference: string;
  readonly kind: string;
  readonly label: string;
  readonly owner: string;
  /** Null: open or standing. */
  readonly dueOn: string | null;
}

export interface NoticeReader {
  readonly account: string;
  readonly language: Language;
  readonly subject: string;
}

/** Where one region stands at the end. */
export interface RegionOutcome {
  readonly region: string;
  readonly name: string;
  readonly stage: Named;
  readonly status: CycleStatus;
  /** Day of the first entry by id of the state. */
  readonly enteredOn: Readonly<Record<string, string>>;
  /** Day on which it entered the state in which it is. */
  readonly since: string;
  /** What keeps it there: the last refusal that nothing has followed, else the next gate; null when it is over. */
  readonly held: {
    readonly gate: string;
    readonly verdict: VerdictWord;
    readonly failing: readonly string[];
    readonly missing: readonly AwaitedFact[];
  } | null;
}

/** How often what happened; `facts` counts each value once per region. */
export interface RehearsalCounts {
  readonly events: number;
  readonly eventsEntered: number;
  readonly factsSourced: number;
  readonly factsAssumed: number;
  readonly gatesAsked: number;
  readonly gatesOpened: Readonly<Record<'pass' | 'conditional' | 'waived', number>>;
  readonly refusals: number;
  readonly waivers: number;
  /** Gates that opened although a warning rule did not pass. */
  readonly opensWithWarnings: number;
  readonly tasksOpened: number;
  readonly notices: number;
  readonly reminders: number;
  readonly syncReleases: number;
}

export type RehearsalDetail =
  | {
      readonly type: 'started';
      readonly title: string;
      readonly scheme: Named;
      readonly startsOn: string;
      readonly endsOn: string;
      readonly regions: readonly Named[];
      /** The states in the order of the workflow, drafts left out. */
      readonly states: readonly Named[];
    }
  | { readonly type: 'context'; readonly event: ScenarioEvent; readonly isEntered: boolean }
  | { readonly type: 'opened'; readonly region: string; readonly stage: Named }
  | {
      readonly type: 'facts';
      readonly regions: readonly string[];
      readonly by: string;
      /** Id of the event that they enter; null for a step that is assumed. */
      readonly event: string | null;
      readonly facts: readonly RehearsedFact[];
      readonly note: string | null;
    }
  | {
      readonly type: 'verdict';
      readonly region: string;
      readonly gate: Named;
      readonly to: Named;
      readonly verdict: VerdictWord;
      readonly rulebook: { readonly id: string; readonly version: number };
      readonly failing: readonly Reason[];
      readonly unknown: readonly Reason[];
      readonly missing: readonly AwaitedFact[];
      readonly conditional: readonly (Reason & {
        readonly dueWithinMonths: number;
        readonly owner: string;
      })[];
      readonly waived: readonly Reason[];
      readonly warnings: readonly (Reason & {
        readonly result: 'fail' | 'unknown';
        readonly missing: readonly AwaitedFact[];
      })[];
    }
  | {
      readonly type: 'moved';
      readonly region: string;
      readonly event: StepEvent;
      readonly from: Named;
      readonly to: Named;
      readonly cycle: number;
      /** Null for a step without a gate. */
      readonly verdict: VerdictWord | null;
      readonly note: string | null;
    }
  | {
      readonly type: 'refused';
      readonly region: string;
      readonly event: StepEvent;
      readonly code: string;
      readonly stage: Named;
      readonly note: string | null;
    }
  | {
      readonly type: 'waived';
      readonly region: string;
      readonly rule: Named;
      readonly reason: string;
      readonly grantedBy: string;
      readonly secondedBy: string;
      readonly endsOn: string;
    }
  | { readonly type: 'task-opened'; readonly region: string; readonly tasks: readonly RehearsedTask[] }
  | {
      readonly type: 'task-ended';
      readonly regions: readonly string[];
      /** `cancelled` with its stage, which the region has left. */
      readonly end: 'done' | 'cancelled';
      readonly tasks: readonly Named[];
      /** True where facts that came in ended it, false where somebody said that it is done. */
      readonly byItself: boolean;
      readonly note: string | null;
    }
  | {
      readonly type: 'notice';
      readonly template: string;
      /** Null when it is about the whole scheme. */
      readonly region: string | null;
      readonly to: readonly NoticeReader[];
    }
  | {
      readonly type: 'reminder';
      readonly regions: readonly string[];
      /** Each of them is due in each of the regions. */
      readonly tasks: readonly (Named & { readonly owner: string })[];
      /** Of the notice: which step of the ladder it is. */
      readonly template: string;
      readonly dueOn: string;
      readonly to: readonly NoticeReader[];
    }
  | {
      readonly type: 'sync-arrived';
      readonly syncPoint: Named;
      readonly regions: readonly string[];
      readonly arrived: number;
      readonly needed: number;
      readonly missing: readonly string[];
      readonly isReleased: boolean;
    }
  | {
      readonly type: 'sync-released';
      readonly syncPoint: Named;
      readonly arrived: readonly string[];
      readonly missing: readonly string[];
    }
  | {
      /** Something that regions do together: on an activity, a call, or a look at the whole scheme. */
      readonly type: 'joint';
      /** Key of the activity or the call; null: the whole scheme. */
      readonly about: string | null;
      readonly kind: 'activity' | 'call' | 'forecast';
      readonly did: JointStep['do'];
      /** Id of the event that it enters; null for a step that is assumed. */
      readonly event: string | null;
      readonly lines: readonly string[];
      readonly note: string | null;
    }
  | {
      readonly type: 'finished';
      readonly states: readonly Named[];
      readonly outcomes: readonly RegionOutcome[];
      readonly counts: RehearsalCounts;
    };

/** One thing that happened in the rehearsal, and when by the simulated clock. */
export type RehearsalEvent = RehearsalDetail & {
  readonly at: Instant;
  /** The day in the scheme's zone. */
  readonly on: string;
};

export type EventOf<Type extends RehearsalEvent['type']> = Extract<RehearsalEvent, { type: Type }>;
export type DetailOf<Type extends RehearsalEvent['type']> = Extract<RehearsalDetail, { type: Type }>;
