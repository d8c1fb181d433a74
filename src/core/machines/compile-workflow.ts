import { assign, setup } from 'xstate';
import type { CycleSubject } from '../terms/cycle-subject.js';
import { deepFreeze } from '../terms/deep-freeze.js';
import type { PinnedDefinition } from '../terms/definition-ref.js';
import { effectFor } from './cycle-effect.js';
import type {
  EffectDefinition,
  MilestoneDefinition,
  StateDefinition,
  StepEvent,
  TaskDefinition,
  TimerDefinition,
  TransitionDefinition,
  WorkflowDefinition,
} from './workflow-schema.js';

/**
 * What the machine itself is told. An event with a target carries it in its name (`advance:review`), so that one
 * event has at most one transition in a state and a walk through the machine sees each way by its name.
 */
export interface MachineEvent {
  readonly type: string;
  /** Whether the gate of the transition was evaluated and opens; a transition without a gate does not ask. */
  readonly opens: boolean;
}

/** One version of a workflow, ready to decide with; frozen, shared by all cycles that are pinned to it. */
export interface Workflow extends PinnedDefinition {
  readonly definition: WorkflowDefinition;
  readonly subject: CycleSubject;
  readonly states: ReadonlyMap<string, StateDefinition>;
  /** The tasks of each stage, in the order of the procedure; a state without tasks has an empty list. */
  readonly tasks: ReadonlyMap<string, readonly TaskDefinition[]>;
  /** The timers of each stage, in the order of the file; a state without timers has an empty list. */
  readonly timers: ReadonlyMap<string, readonly TimerDefinition[]>;
  readonly milestones: ReadonlyMap<string, MilestoneDefinition>;
  /** XState's machine. Only its pure functions are used; it is never started as an actor. */
  readonly machine: CycleMachine;
}

/** The part of a stage in which the cycle moves, and the part in which it rests without losing its stage. */
export type StagePart = 'active' | 'suspended';

const kept = (_args: unknown, _effect: object): void => undefined;

/**
 * The only code that a workflow file can reach, by name. An effect does nothing here: `transition()` hands it
 * back as data. It is registered all the same, because XState passes over an unknown action without a word.
 */
const kit = setup({
  types: {} as { context: { number: number }; events: MachineEvent },
  guards: {
    opens: ({ event }, { gate }: { gate: string | null }) => gate === null || event.opens,
  },
  actions: {
    'start-next-cycle': assign({ number: ({ context }) => context.number + 1 }),
    'open-tasks': kept,
    'close-tasks': kept,
    notify: kept,
    'leave-sync-points': kept,
    'place-sync-points': kept,
    'set-timers': kept,
    'clear-timers': kept,
  },
});

export type CycleMachine = ReturnType<typeof kit.createMachine>;
type MachineConfig = Parameters<typeof kit.createMachine>[0];

/**
 * Turns a judged definition into a machine. Each stage is a compound state with the parts `active` and
 * `suspended`: suspending moves within the stage, so the stage is not lost and neither its entry nor its exit
 * effects run again. While suspended a cycle understands only `resume` and `withdraw`.
 *
 * The timers of a stage are set on its entry and cleared on its exit, after the effects of the file; one that leads to
 * another state is an event of the machine, which only the part `active` understands.
 *
 * @param definition passed by `judgeWorkflow` without a problem; it is frozen here
 * @param hash lower-case hex SHA-256 of the definition's canonical JSON
 */
export function compileWorkflow(definition: WorkflowDefinition, hash: string): Workflow {
  deepFreeze(definition);
  const states = new Map(Object.entries(definition.states));
  const config = {
    id: definition.id,
    context: { number: 1 },
    initial: definition.initial,
    states: Object.fromEntries([...states].map(([id, state]) => [id, stateConfig(id, state)])),
  };
  return Object.freeze({
    id: definition.id,
    version: definition.version,
    hash,
    definition,
    subject: definition.subject,
    states,
    tasks: new Map([...states].map(([id, state]) => [id, state.kind === 'stage' ? state.tasks : []])),
    timers: new Map([...states].map(([id, state]) => [id, state.kind === 'stage' ? state.timers : []])),
    milestones: new Map(Object.entries(definition.milestones)),
    // The keys of `config` come from a file: no literal type can be inferred for them.
    machine: kit.createMachine(config as MachineConfig),
  });
}

/** The machine's name of an event: `advance:review` with a target, `suspend`, `resume` and timers without. */
export function machineEventType(type: StepEvent, to: string): string {
  return type === 'suspend' || type === 'resume' || type.startsWith('timer:') ? type : `${type}:${to}`;
}

function stateConfig(id: string, state: StateDefinition): object {
  if (state.kind === 'final') return { id, type: 'final' };
  if (state.kind === 'draft')
    return { id, on: transitionsOf(state, ['advance', 'send-back', 'withdraw', 'close']) };
  return {
    id,
    entry: [...actionsFor(state.onEntry, id), ...timerActions('set-timers', id, state.timers)],
    exit: [...actionsFor(state.onExit, id), ...timerActions('clear-timers', id, state.timers)],
    initial: 'active',
    on: transitionsOf(state, ['withdraw']),
    states: {
      active: {
        on: {
          suspend: { target: 'suspended', actions: actionsFor(state.onSuspend, id) },
          ...transitionsOf(state, ['advance', 'send-back', 'close']),
          ...timerTransitions(state.timers),
        },
      },
      suspended: { on: { resume: { target: 'active', actions: actionsFor(state.onResume, id) } } },
    },
  };
}

function transitionsOf(
  state: Exclude<StateDefinition, { kind: 'final' }>,
  events: readonly (keyof typeof state.events)[],
): Record<string, object> {
  const entries = events.flatMap((type) =>
    (state.events[type] ?? []).map((transition) => [
      machineEventType(type, transition.to),
      transitionConfig(transition),
    ]),
  );
  return Object.fromEntries(entries) as Record<string, object>;
}

function timerTransitions(timers: readonly TimerDefinition[]): Record<string, object> {
  const entries = timers.flatMap(({ id, then: { to, ...then } }) =>
    to === undefined ? [] : [[`timer:${id}`, transitionConfig({ ...then, to })]],
  );
  return Object.fromEntries(entries) as Record<string, object>;
}

function timerActions(
  type: 'set-timers' | 'clear-timers',
  stage: string,
  timers: readonly TimerDefinition[],
): object[] {
  return timers.length === 0 ? [] : [{ type, params: { type, stage } }];
}

function transitionConfig(transition: TransitionDefinition): object {
  return {
    // By id from the root: a bare name would be looked for among the parts of the stage.
    target: `#${transition.to}`,
    guard: { type: 'opens', params: { gate: transition.gate ?? null } },
    actions: [
      ...(transition.startsNextCycle === true ? [{ type: 'start-next-cycle' }] : []),
      // Effects on tasks are refused here by `judgeWorkflow`, so the stage named is of no consequence.
      ...actionsFor(transition.effects, transition.to),
    ],
  };
}

function actionsFor(effects: readonly EffectDefinition[], stage: string): object[] {
  return effects.map((effect) => ({ type: effect.type, params: effectFor(effect, stage) }));
}
