import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { explainGate } from '../../src/engine/cycles/explain-gate.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';

const wish = { to: null, note: 'as decided', decidedOn: null };

describe('advancing a cycle', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
  });
  afterAll(() => engine.close());

  it('is refused while facts are missing, names each with its owner, and opens a task for the owner', async () => {
    const cycleId = engine.cycle('DE2');
    const decision = await advanceCycle(engine.deps, { ...by(engine.coordinator), cycleId, ...wish });
    if (decision.kind !== 'refused' || decision.code !== 'gate.refused') throw new Error(decision.kind);
    expect(decision.verdict.verdict).toBe('unknown');
    expect(decision.verdict.missing).toContainEqual({
      fact: 'gov.body_named',
      owner: 'regional_authority',
      reason: 'missing',
    });
    const tasks = await readTasks(engine.deps, { actor: engine.authority('DE2'), filter: { limit: 100 } });
    const opened = tasks.filter(({ kind }) => kind === 'provide-facts');
    expect(opened.flatMap(({ facts }) => facts)).toContain('gov.body_named');
  });

  it('passes once the authority has recorded the facts, and closes the tasks of the stage', async () => {
    const cycleId = engine.cycle('DE2');
    await recordFacts(engine.deps, { ...by(engine.authority('DE2')), cycleId, facts: agendaSettingFacts() });
    const decision = await advanceCycle(engine.deps, { ...by(engine.coordinator), cycleId, ...wish });
    expect(decision.kind === 'moved' && [decision.verdict?.verdict, decision.cycle.stage]).toEqual([
      'pass',
      'strategy_development',
    ]);
    const tasks = await readTasks(engine.deps, {
      actor: engine.coordinator,
      filter: { cycleId, limit: 100 },
    });
    expect(tasks.filter(({ stage, status }) => stage === 'agenda_setting' && status === 'open')).toEqual([]);
    expect(
      tasks.filter(({ stage, status }) => stage === 'strategy_development' && status === 'open'),
    ).toHaveLength(8);
  });

  it('leaves a log without gaps in which refusal and transition keep their verdicts', async () => {
    const log = await readHistory(engine.deps, {
      actor: engine.auditor,
      cycleId: engine.cycle('DE2'),
      after: 0,
      limit: 500,
    });
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, index) => index + 1));
    const verdicts = log
      .filter(({ kind }) => kind === 'refusal' || kind === 'transition')
      .map(({ details }) => (details['verdict'] as { verdict: string } | null)?.verdict ?? null);
    expect(verdicts).toEqual([null, 'unknown', 'pass']);
  });

  it('answers the same to a repeated key, without a second step', async () => {
    const cycleId = engine.cycle('AT32');
    await recordFacts(engine.deps, { ...by(engine.authority('AT32')), cycleId, facts: agendaSettingFacts() });
    const command = {
      actor: engine.coordinator,
      expectedVersion: null,
      idempotency: { key: 'one', fingerprint: 'f' },
      cycleId,
      ...wish,
    };
    const first = await advanceCycle(engine.deps, command);
    expect(await advanceCycle(engine.deps, command)).toEqual(first);
    await expect(
      advanceCycle(engine.deps, { ...command, idempotency: { key: 'one', fingerprint: 'g' } }),
    ).rejects.toMatchObject({ code: 'idempotency.key-reused' });
  });

  it('explains a gate with the same verdict as the decision', async () => {
    const cycleId = engine.cycle('CH022');
    const explained = await explainGate(engine.deps, { actor: engine.coordinator, cycleId, to: null });
    const decided = await advanceCycle(engine.deps, { ...by(engine.coordinator), cycleId, ...wish });
    expect(decided.kind === 'refused' && decided.code === 'gate.refused' && decided.verdict).toEqual(
      explained.verdict,
    );
  });

  it('refuses an older version than the current one', async () => {
    const command = { ...by(engine.coordinator), cycleId: engine.cycle('AT32'), expectedVersion: 1, ...wish };
    await expect(advanceCycle(engine.deps, command)).rejects.toMatchObject({ code: 'version.stale' });
  });
});
