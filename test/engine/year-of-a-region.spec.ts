import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { instantToMs } from '../../src/core/terms/instant.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import { hashToken } from '../../src/app/tokens.js';
import { createAccount } from '../../src/engine/accounts/create-account.js';
import { declareAbsence } from '../../src/engine/absences/declare-absence.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { replayDecisions } from '../../src/engine/decisions/replay-decisions.js';
import { examine } from '../../src/engine/doctor/examine.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { planOperation } from '../../src/engine/operations/plan-operation.js';
import { readOperation } from '../../src/engine/operations/read-operations.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { revertDecision } from '../../src/engine/way-back/revert-decision.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, tokenOf, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const MS_PER_DAY = 86_400_000;
/** The worker looks that often in this story; a real one does all the time. */
const LOOK_EVERY_DAYS = 7;

const plain = { note: null, decidedOn: null } as const;

describe('a year of one region, with two rests, a migration, a revert and a substitute', () => {
  let engine: TestEngine;
  let deputy: Actor;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-01-02T08:00:00Z'));
    deputy = { id: 'deputy-DE1', name: 'Deputy', role: 'authority', region: 'DE1', language: 'de' };
    await createAccount(engine.deps, {
      ...by(SYSTEM_ACTOR),
      account: {
        ...deputy,
        role: 'authority',
        email: 'deputy@cordata.example',
        tokenHash: hashToken(tokenOf(deputy.id)),
      },
    });
  });
  afterAll(() => engine.close());

  const cycleId = () => engine.cycle('DE1');
  const command = () => ({ ...by(engine.coordinator), cycleId: cycleId(), ...plain });
  const stage = async () => {
    const { cycle } = await readCycle(engine.deps, { actor: engine.coordinator, cycleId: cycleId() });
    return `${cycle.stage} ${cycle.status} v${cycle.workflow.version}`;
  };
  const taskOf = async (reference: string) => {
    const filter = { limit: 200, cycleId: cycleId() };
    const tasks = await readTasks(engine.deps, { actor: engine.coordinator, filter });
    return tasks.findLast((task) => task.reference === reference);
  };

  /** Lets the days pass, with the worker at work. */
  async function until(day: string): Promise<void> {
    const end = instant(`${day}T08:00:00Z`);
    for (;;) {
      const leftDays = (instantToMs(end) - instantToMs(await engine.clock.now())) / MS_PER_DAY;
      if (leftDays <= 0) return;
      engine.clock.advanceDays(Math.min(leftDays, LOOK_EVERY_DAYS));
      await carryOutEffects(engine);
    }
  }

  it('begins with a task that the deputy finishes while the authority is away', async () => {
    const task = await taskOf('A1');
    await claimTask(engine.deps, { ...by(engine.authority('DE1')), taskId: task?.id ?? '' });
    await declareAbsence(engine.deps, {
      ...by(engine.authority('DE1')),
      absence: {
        account: 'authority-DE1',
        substitute: deputy.id,
        fromOn: '2017-01-16' as CalendarDate,
        toOn: '2017-02-10' as CalendarDate,
      },
    });
    await until('2017-01-25');
    const done = await completeTask(engine.deps, {
      ...by(deputy),
      taskId: task?.id ?? '',
      facts: [fact('gov.body_named', true), fact('gov.deputy_named', true)],
      evidence: 'Decision of 20 January 2017',
      note: null,
    });
    expect([done.status, done.assignee]).toEqual(['done', deputy.id]);
  });

  it('rests twice, and the days that were left are left again', async () => {
    const before = await taskOf('A4');
    await until('2017-03-01');
    await suspendCycle(engine.deps, command());
    await until('2017-04-03');
    expect((await taskOf('A4'))?.status).toBe('parked');
    await resumeCycle(engine.deps, command());
    const after = await taskOf('A4');
    expect(after?.status).toBe('open');
    expect((after?.dueOn ?? '') > (before?.dueOn ?? '')).toBe(true);
    await until('2017-04-18');
    await suspendCycle(engine.deps, command());
    await until('2017-05-02');
    await resumeCycle(engine.deps, command());
    expect(await stage()).toBe('agenda_setting active v1');
  });

  it('is moved to the next version of the workflow with all the others', async () => {
    const order = {
      verb: 'migrate',
      filter: { scheme: engine.scheme.id },
      parameters: { workflow: 'region-cycle', toVersion: 2 },
      reason: 'Version 2 watches the time that a stage takes.',
    } as const;
    const planned = await planOperation(engine.deps, { ...by(engine.administrator), order });
    await startOperation(engine.deps, { ...by(engine.administrator), operationId: planned.id });
    await carryOutEffects(engine);
    const view = await readOperation(engine.deps, { actor: engine.administrator, operationId: planned.id });
    expect(view.status).toBe('done');
    expect(await stage()).toBe('agenda_setting active v2');
  });

  it('passes its gate, is put back because of an error, and passes again', async () => {
    await until('2017-07-03');
    const facts = agendaSettingFacts();
    await recordFacts(engine.deps, { ...by(engine.authority('DE1')), cycleId: cycleId(), facts });
    expect((await advanceCycle(engine.deps, { ...command(), to: null })).kind).toBe('moved');
    await until('2017-07-05');
    const reason = 'The decision was of another region.';
    await revertDecision(engine.deps, { ...by(engine.coordinator), cycleId: cycleId(), reason });
    expect(await stage()).toBe('agenda_setting active v2');
    await until('2017-07-07');
    expect((await advanceCycle(engine.deps, { ...command(), to: null })).kind).toBe('moved');
    expect(await stage()).toBe('strategy_development active v2');
  });

  it('ends with a clean doctor, a verified history and decisions that come out the same', async () => {
    await until('2018-01-02');
    const { findings } = await examine(engine.deps, { deep: true });
    expect(findings).toEqual([]);
    const query = { actor: SYSTEM_ACTOR, cycleId: null };
    expect(await verifyCycles(engine.deps, query)).toEqual({ cycles: 11, differing: 0, faults: [] });
    const replay = await replayDecisions(engine.deps, query);
    // The entry to agenda setting has no gate: only the two advances of July were decided by one.
    expect([replay.decisions, replay.differing]).toEqual([2, 0]);
    const log = await readHistory(engine.deps, {
      actor: engine.coordinator,
      cycleId: cycleId(),
      after: 0,
      limit: 1000,
    });
    const told = log.filter(({ kind }) => ['transition', 'reverted', 'migrated'].includes(kind));
    expect(told.map(({ kind, details }) => `${kind} ${String(details['type'] ?? '')}`.trim())).toEqual([
      'transition advance',
      'transition suspend',
      'transition resume',
      'transition suspend',
      'transition resume',
      'migrated',
      'transition advance',
      'reverted',
      'transition advance',
    ]);
  });
});
