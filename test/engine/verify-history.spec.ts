import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const plain = { note: null, decidedOn: null } as const;

describe('verifying the history of cycles', () => {
  let engine: TestEngine;
  let client: Client;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    client = new Client({ connectionString: engine.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await engine.close();
  });

  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  const verify = (nuts: string | null = null) =>
    verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: nuts === null ? null : engine.cycle(nuts) });
  const faultsOf = async (nuts: string) => {
    const { faults } = await verify(nuts);
    return faults.map(({ kind, what }) => `${kind}: ${what.replaceAll(/[0-9a-f-]{36}/g, 'ID')}`);
  };
  /** Does what no program may do, and puts it back. */
  async function tampered(nuts: string, sql: string, back: string): Promise<readonly string[]> {
    await client.query(sql, [engine.cycle(nuts)]);
    const faults = await faultsOf(nuts);
    await client.query(back, [engine.cycle(nuts)]);
    return faults;
  }

  it('finds every cycle of a fresh scheme as it was recorded', async () => {
    expect(await verify()).toEqual({ cycles: 11, differing: 0, faults: [] });
  });

  it('finds nothing after refusals, facts, steps, rests, ways back and an end', async () => {
    await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    for (const nuts of ['DE1', 'DE2']) {
      await recordFacts(engine.deps, {
        ...by(engine.authority(nuts)),
        cycleId: engine.cycle(nuts),
        facts: [...agendaSettingFacts(), ...(nuts === 'DE2' ? [fact('stresstest.block.2', 38)] : [])].filter(
          (entry, index, all) => all.findLastIndex((one) => one.fact === entry.fact) === index,
        ),
      });
      await advanceCycle(engine.deps, { ...command(nuts), to: null });
    }
    await recordFacts(engine.deps, {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: [fact('synergy.diamonds', 3), fact('fields.predetermined', null)],
    });
    await suspendCycle(engine.deps, command('DE2'));
    await carryOutEffects(engine);
    engine.clock.advanceDays(30);
    await resumeCycle(engine.deps, command('DE2'));
    await sendBackCycle(engine.deps, { ...command('DE2'), to: 'agenda_setting' });
    await withdrawCycle(engine.deps, command('SI0'));
    await carryOutEffects(engine);
    expect(await verify()).toEqual({ cycles: 11, differing: 0, faults: [] });
  });

  it('finds a row that was changed past the program', async () => {
    const faults = await tampered(
      'AT32',
      `update cycles set stage = 'review' where id = $1`,
      `update cycles set stage = 'agenda_setting' where id = $1`,
    );
    expect(faults).toEqual(['row: cycles ID: stage']);
  });

  it('finds a task, a fact and a timer that were changed past the program', async () => {
    const task = await tampered(
      'AT32',
      `update tasks set due_on = due_on + 1 where cycle_id = $1 and reference = 'A1'`,
      `update tasks set due_on = due_on - 1 where cycle_id = $1 and reference = 'A1'`,
    );
    expect(task).toEqual(['row: tasks ID: dueOn']);
    const timer = await tampered(
      'AT32',
      `update timers set cancelled_at = now() where cycle_id = $1 and task_id in (select id from tasks where reference = 'A1')`,
      `update timers set cancelled_at = null where cycle_id = $1`,
    );
    expect(new Set(timer)).toEqual(new Set(['row: timers ID: cancelledAt']));
    const added = await tampered(
      'AT32',
      `insert into facts values ($1, 'gov.body_named', 'true', null, null, null, null, 'nobody', now(), 1)`,
      `delete from facts where cycle_id = $1`,
    );
    expect(added).toEqual(['row: facts gov.body_named: only stored']);
  });

  it('finds a page of the journal that is gone, and a step that the machine would not take', async () => {
    await client.query('alter table cycle_changes disable trigger cycle_changes_only_grow');
    await client.query(
      `update cycle_changes set changes = '[]' where cycle_id = $1
         and sequence = (select max(sequence) from cycle_changes where cycle_id = $1)`,
      [engine.cycle('SI0')],
    );
    await client.query('alter table cycle_changes enable trigger cycle_changes_only_grow');
    const gone = await faultsOf('SI0');
    expect(gone).toContain('row: cycles ID: status');
    expect(gone).toContain('step: the row is not where its steps lead');

    await client.query('alter table log_entries disable trigger log_entries_only_grow');
    await client.query(
      `update log_entries set details = jsonb_set(details, '{to}', '"review"') where cycle_id = $1 and kind = 'transition'
         and details->>'to' = 'strategy_development'`,
      [engine.cycle('DE1')],
    );
    await client.query('alter table log_entries enable trigger log_entries_only_grow');
    expect(await faultsOf('DE1')).toEqual([
      'step: recorded {"strategy_development":"active"}, the machine says event.target-unknown',
    ]);
  });
});
