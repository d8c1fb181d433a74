import { dayAfter, instantAfter } from '../../core/calendar/delay.js';
import { evaluateGate } from '../../core/gates/evaluate-gate.js';
import type { CycleSnapshot } from '../../core/machines/cycle-snapshot.js';
import { isSuspended, stageOf } from '../../core/machines/cycle-snapshot.js';
import { mappedState } from '../../core/machines/mapping-schema.js';
import { possibleEvents } from '../../core/machines/possible-events.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { MigrationDraft } from './draft-migration.js';

/**
 * What a migration changes for one cycle, in words that a person can judge it by: where it will stand, gates that are
 * asked instead of others or answer otherwise, tasks and timers that come, go or move.
 */
export function migrationDetails(draft: MigrationDraft): Readonly<Record<string, unknown>> {
  const { from, to, before, after } = draft;
  return {
    from: { version: from.version, stage: before.cycle.stage },
    to: { version: to.version, stage: after.cycle.stage },
    status: after.cycle.status,
    gates: changedGates(draft),
    tasks: taskChanges(draft),
    timers: timerChanges(draft),
  };
}

interface AskedGate {
  readonly gate: string;
  readonly verdict: string;
}

/** Of the ways on from where the cycle stands, by event and target: a resting cycle's, once it goes on. */
function gatesOf(picture: CyclePicture, targetOf: (state: string) => string): ReadonlyMap<string, AskedGate> {
  const { workflow, rulebook, context, waivers } = picture;
  return new Map(
    possibleEvents(workflow, awake(picture.snapshot)).flatMap(({ type, to, gate }) => {
      if (gate === null) return [];
      const { verdict } = evaluateGate({ rulebook, gate, context, waivers });
      return [[`${type} ${targetOf(to)}`, { gate, verdict }] as const];
    }),
  );
}

function awake(snapshot: CycleSnapshot): CycleSnapshot {
  return isSuspended(snapshot) ? { ...snapshot, value: { [stageOf(snapshot)]: 'active' } } : snapshot;
}

function changedGates({ before, after, mapping }: MigrationDraft): readonly object[] {
  const old = gatesOf(before, (state) => mappedState(mapping, state));
  const now = gatesOf(after, (state) => state);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((way) => {
    const [was, is] = [old.get(way) ?? null, now.get(way) ?? null];
    if (was?.gate === is?.gate && was?.verdict === is?.verdict) return [];
    return [{ way, from: was, to: is }];
  });
}

function taskChanges({ plan, tasks, after, countedFrom }: MigrationDraft): object {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const stage = after.cycle.stage;
  return {
    renamed: plan.tasksKept.flatMap(({ id, reference }) => {
      const was = byId.get(id)?.reference;
      return was === reference ? [] : [{ id, from: was ?? null, to: reference }];
    }),
    vanishing: plan.tasksVanishing.map((id) => ({ id, reference: byId.get(id)?.reference ?? null })),
    appearing: plan.tasksAppearing.map((reference) => {
      const target = after.workflow.tasks.get(stage)?.find(({ id }) => id === reference)?.target ?? null;
      return {
        reference,
        dueOn: target === null ? null : dayAfter(after.context.calendar, countedFrom, target),
      };
    }),
  };
}

function timerChanges(draft: MigrationDraft): object {
  const { plan, timers } = draft;
  const byId = new Map(timers.map((timer) => [timer.id, timer]));
  return {
    moved: plan.timersMoved.flatMap(({ id, stage, name, restart }) => {
      const was = byId.get(id);
      if (was === undefined) return [];
      const dueAt = restart ? dueAtOf(draft, name, draft.after.now) : was.dueAt;
      if (was.name === name && was.stage === stage && was.dueAt === dueAt) return [];
      return [
        { id, from: { stage: was.stage, name: was.name, dueAt: was.dueAt }, to: { stage, name, dueAt } },
      ];
    }),
    vanishing: plan.timersVanishing.map((id) => ({ id, name: byId.get(id)?.name ?? null })),
    appearing: plan.timersAppearing.map(({ stage, name, fromEntry }) => ({
      stage,
      name,
      dueAt: dueAtOf(draft, name, fromEntry ? draft.after.cycle.stageEnteredAt : draft.after.now),
    })),
  };
}

/**
 * When a timer of the stage in which the cycle will stand is due, counted from an instant.
 *
 * @throws DomainError `calendar.out-of-range`
 */
export function dueAtOf(
  { after }: Pick<MigrationDraft, 'after'>,
  name: string,
  from: Instant,
): Instant | null {
  const { workflow, cycle, context, region } = after;
  const definition = workflow.timers.get(cycle.stage)?.find(({ id }) => id === name);
  return definition === undefined
    ? null
    : instantAfter(context.calendar, region.zone, from, definition.delay);
}
