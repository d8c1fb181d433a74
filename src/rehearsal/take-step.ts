import { DomainError } from '../core/terms/domain-error.js';
import type { Actor } from '../core/terms/actor.js';
import { advanceCycle } from '../engine/cycles/advance-cycle.js';
import { closeCycle } from '../engine/cycles/close-cycle.js';
import type { Decision } from '../engine/cycles/decide-move.js';
import { resumeCycle } from '../engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../engine/cycles/withdraw-cycle.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import type { FactEntry } from '../engine/facts/fact-entry.js';
import { recordFacts } from '../engine/facts/record-facts.js';
import { completeTask } from '../engine/tasks/complete-task.js';
import { readTasks } from '../engine/tasks/read-tasks.js';
import { grantWaiver } from '../engine/waivers/grant-waiver.js';
import { readDay } from './read-day.js';
import type { Scenario, ScenarioFact, ScenarioStep } from './scenario-schema.js';

/** A step of the scenario in one region. */
export interface RegionStep {
  readonly step: ScenarioStep;
  readonly events: Scenario['events'];
  readonly region: string;
  readonly cycleId: string;
  readonly actor: Actor;
}

/** Kept with every assumed fact, so that the database of a rehearsal cannot be taken for a source either. */
export const ASSUMED_NOTE = 'Assumed for the rehearsal.';

const OPEN_TASKS_MAX = 200;

/**
 * Takes one step in one region through the verb of the engine that the API would call.
 *
 * @throws DomainError whatever the verb throws; `definition.invalid` when a move comes to something else than
 *   the scenario tells, or a task to be completed is not open
 */
export async function takeStep(deps: EngineDeps, regionStep: RegionStep): Promise<void> {
  const { step, events, region, cycleId, actor } = regionStep;
  const context = { actor, expectedVersion: null, idempotency: null, cycleId } as const;
  switch (step.do) {
    case 'record-facts':
      await recordFacts(deps, { ...context, facts: factEntries(step.facts, events) });
      return;
    case 'complete-tasks':
      return completeTasks(deps, { ...regionStep, step });
    case 'waive': {
      const { rule, reason, secondedBy, endsOn } = step;
      await grantWaiver(deps, { ...context, rule, reason, secondedBy, endsOn: readDay(endsOn) });
      return;
    }
    default: {
      const decision = await move(deps, { ...context, note: step.note ?? null, decidedOn: null }, step);
      checkOutcome(step, region, decision);
    }
  }
}

type MoveStep = Exclude<ScenarioStep, { do: 'record-facts' | 'complete-tasks' | 'waive' }>;
type CompletingStep = Extract<ScenarioStep, { do: 'complete-tasks' }>;
type MoveCommand = Parameters<typeof suspendCycle>[1];

function move(deps: EngineDeps, command: MoveCommand, step: MoveStep): Promise<Decision> {
  switch (step.do) {
    case 'advance':
      return advanceCycle(deps, { ...command, to: step.to ?? null });
    case 'send-back':
      return sendBackCycle(deps, { ...command, to: null });
    case 'suspend':
      return suspendCycle(deps, command);
    case 'resume':
      return resumeCycle(deps, command);
    case 'withdraw':
      return withdrawCycle(deps, command);
    case 'close':
      return closeCycle(deps, command);
  }
}

function checkOutcome(step: MoveStep, region: string, decision: Decision): void {
  const verdict = decision.kind === 'refused' && decision.code === 'event.not-possible' ? null : decision;
  const outcome = decision.kind === 'refused' ? 'refused' : (decision.verdict?.verdict ?? 'moved');
  const isExpected = outcome === step.expect || (step.expect === 'moved' && decision.kind === 'moved');
  if (isExpected) return;
  throw new DomainError('definition.invalid', {
    step: `${step.on} ${region} ${step.do}`,
    expected: step.expect,
    outcome,
    verdict: verdict === null || !('verdict' in verdict) ? null : verdict.verdict,
  });
}

async function completeTasks(
  deps: EngineDeps,
  { step, events, region, cycleId, actor }: RegionStep & { readonly step: CompletingStep },
): Promise<void> {
  const open = await readTasks(deps, { actor, filter: { cycleId, status: 'open', limit: OPEN_TASKS_MAX } });
  let facts = factEntries(step.facts ?? {}, events);
  for (const reference of step.tasks) {
    const task = open.find((one) => one.reference === reference && one.kind !== 'provide-facts');
    if (task === undefined) {
      throw new DomainError('definition.invalid', { step: `${step.on} ${region}`, task: reference });
    }
    await completeTask(deps, {
      actor,
      expectedVersion: null,
      idempotency: null,
      taskId: task.id,
      facts,
      note: step.note ?? null,
    });
    facts = [];
  }
}

function factEntries(
  facts: Readonly<Record<string, ScenarioFact>>,
  events: Scenario['events'],
): readonly FactEntry[] {
  return Object.entries(facts).map(([fact, told]) => ({
    fact,
    value: told.value,
    precision: told.precision ?? null,
    observedOn: null,
    evidence: sourceOf(told, events),
    note:
      told.origin === 'assumed' ? [ASSUMED_NOTE, told.note].filter(Boolean).join(' ') : (told.note ?? null),
  }));
}

/** The address behind a sourced fact; null for an assumed one. */
export function sourceOf(fact: ScenarioFact, events: Scenario['events']): string | null {
  if (fact.origin === 'assumed') return null;
  return events.find(({ id }) => id === fact.source)?.source ?? fact.source;
}
