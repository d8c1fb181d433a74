import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Actor } from '../../core/terms/actor.js';
import type { OperationRow, OperationVerb } from '../../store/operation-store.js';
import type { LiveCycleFilter, WaitingTaskFilter } from '../../store/operation-subjects.js';

type CycleFilter = Omit<LiveCycleFilter, 'workflowId'>;

/** `overdue`: tasks whose due day has passed where their people act. */
export type TaskOrderFilter = WaitingTaskFilter & { readonly overdue?: boolean | undefined };

interface Orders {
  readonly advance: {
    readonly filter: CycleFilter;
    /** Both null when the order does not say: the gates choose; decided today. */
    readonly parameters: { readonly to: string | null; readonly decidedOn: CalendarDate | null };
  };
  readonly suspend: {
    readonly filter: CycleFilter;
    readonly parameters: { readonly decidedOn: CalendarDate | null };
  };
  readonly resume: {
    readonly filter: CycleFilter;
    readonly parameters: { readonly decidedOn: CalendarDate | null };
  };
  readonly reassign: {
    readonly filter: TaskOrderFilter;
    /** `to`: account id. */
    readonly parameters: { readonly to: string };
  };
  readonly remind: { readonly filter: TaskOrderFilter; readonly parameters: Readonly<Record<string, never>> };
  readonly migrate: {
    readonly filter: CycleFilter;
    readonly parameters: { readonly workflow: string; readonly toVersion: number };
  };
  readonly 'revert-migration': {
    readonly filter: Pick<CycleFilter, 'regions'>;
    /** Id of the operation that has migrated the cycles. */
    readonly parameters: { readonly operation: string };
  };
}

/** One verb to be done to many cycles or tasks, and why. */
export type OrderOf<Verb extends OperationVerb> = Orders[Verb] & {
  readonly verb: Verb;
  readonly reason: string;
};

export type OperationOrder = { [Verb in OperationVerb]: OrderOf<Verb> }[OperationVerb];

/** Who may plan, start and cancel an operation of a verb; `system` is the command line. */
export const VERB_ROLES: { readonly [Verb in OperationVerb]: readonly Actor['role'][] } = {
  advance: ['coordinator', 'system'],
  suspend: ['coordinator', 'system'],
  resume: ['coordinator', 'system'],
  reassign: ['coordinator', 'administrator', 'system'],
  remind: ['coordinator', 'system'],
  migrate: ['administrator', 'system'],
  'revert-migration': ['administrator', 'system'],
};

/** The order that a stored operation carries out: written by `planOperation` alone, so it is not judged again. */
export function orderOf({ verb, filter, parameters, reason }: OperationRow): OperationOrder {
  return { verb, filter, parameters, reason } as unknown as OperationOrder;
}
