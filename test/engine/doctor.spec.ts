import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { examine, type ExamineOptions } from '../../src/engine/doctor/examine.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { resolveByHand } from '../../src/engine/incidents/resolve-by-hand.js';
import { carryOutEffects } from '../support/carry-out.js';
import { ALONE, openDoctorWard, type DoctorWard } from '../support/doctor-ward.js';
import { by, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, strategyFacts } from '../support/passing-facts.js';
import { openTimedScheme } from '../support/timed-workflow.js';

const GHOST = 'nobody-any-more';

describe('the doctor on cycles and tasks', () => {
  let ward: DoctorWard;
  let engine: TestEngine;
  let client: Client;

  beforeAll(async () => {
    ward = await openDoctorWard();
    ({ engine, client } = ward);
  });
  afterAll(() => ward.close());

  describe('in good health', () => {
    it('finds nothing in a fresh scheme, and says how much it has looked at', async () => {
      const { checked, findings: none } = await examine(engine.deps, { deep: true });
      expect(none.map(({ code, details }) => [code, details])).toEqual([]);
      expect(checked).toMatchObject({ cycles: 11, effects: 0, operations: 0, histories: 11 });
      expect(checked.tasks).toBeGreaterThan(70);
      expect(checked.syncPoints).toBeGreaterThan(0);
    });

    it('finds nothing after steps, refusals, rests and an end', async () => {
      await advanceCycle(engine.deps, { ...ward.command('AT32'), to: null });
      await recordFacts(engine.deps, {
        ...by(engine.authority('DE1')),
        cycleId: engine.cycle('DE1'),
        facts: [...agendaSettingFacts(), ...strategyFacts()],
      });
      for (let steps = 0; steps < 2; steps += 1) {
        await advanceCycle(engine.deps, { ...ward.command('DE1'), to: null });
      }
      await suspendCycle(engine.deps, ward.command('DE2'));
      await withdrawCycle(engine.deps, ward.command('SI0'));
      await carryOutEffects(engine);
      engine.clock.advanceDays(3);
      await carryOutEffects(engine);
      expect(await ward.findings({ deep: true })).toEqual([]);
      await resumeCycle(engine.deps, ward.command('DE2'));
      await carryOutEffects(engine);
      expect(await ward.findings({ deep: true })).toEqual([]);
    });
  });

  describe('finds a cycle', () => {
    it('whose workflow, or rulebook, is not installed here', async () => {
      await client.query('update cycles set workflow_version = 77 where id = $1', [engine.cycle('AT32')]);
      await client.query('update cycles set rulebook_version = 78 where id = $1', [engine.cycle('DE2')]);
      const two = await ward.found('cycle.unknown-version');
      expect(two.map(({ cycleId, details }) => [cycleId, details['kind'], details['version']])).toEqual(
        expect.arrayContaining([
          [engine.cycle('AT32'), 'workflow', 77],
          [engine.cycle('DE2'), 'rulebook', 78],
        ]),
      );
      await ward.mend(
        'update cycles set workflow_version = 1, rulebook_version = 1 where workflow_version = 77 or rulebook_version = 78',
      );
    });

    it('whose workflow was edited in place', async () => {
      const { rows } = await client.query<{ hash: string }>(
        'select workflow_hash as hash from cycles where id = $1',
        [engine.cycle('AT32')],
      );
      await client.query(`update cycles set workflow_hash = 'another' where id = $1`, [engine.cycle('AT32')]);
      const [edited] = await ward.found('cycle.definition-edited');
      expect(edited).toMatchObject({ cycleId: engine.cycle('AT32'), severity: 'error' });
      await ward.mend('update cycles set workflow_hash = $1 where workflow_hash = $2', [
        rows[0]?.hash,
        'another',
      ]);
    });

    it('that stands in a state that its workflow does not have', async () => {
      await client.query(
        `update cycles set snapshot = jsonb_set(snapshot, '{value}', '{"limbo": "active"}') where id = $1`,
        [engine.cycle('AT32')],
      );
      await ward.found('cycle.snapshot-invalid');
      await ward.mend(
        `update cycles set snapshot = jsonb_set(snapshot, '{value}', '{"agenda_setting": "active"}') where id = $1`,
        [engine.cycle('AT32')],
      );
    });

    it('that nobody may move: all of them, without a coordinator', async () => {
      await client.query(`update accounts set disabled_at = now() where role = 'coordinator'`);
      const all = await ward.findings();
      // The region without tasks has no future either way; the others have living authorities.
      expect(all.map(({ code }) => code)).toEqual(['cycle.nobody-to-move']);
      expect(all[0]?.details).toEqual({ scheme: engine.scheme.id, cycles: 10 });
      await ward.mend(`update accounts set disabled_at = null where role = 'coordinator'`);
    });

    it('that has no future: its tasks are gone, and nobody is left who could open its gate', async () => {
      const cycle = [engine.cycle('AT32')];
      await client.query(
        `create table kept as select id, status from tasks where cycle_id = '${cycle[0] ?? ''}'`,
      );
      await client.query(`update tasks set status = 'cancelled' where cycle_id = $1`, cycle);
      await client.query(
        `update accounts set disabled_at = now() where role = 'coordinator' or region = 'AT32'`,
      );
      const all = await ward.findings();
      expect(all.map(({ code }) => code)).toEqual(['cycle.no-future', 'cycle.nobody-to-move']);
      expect(all[0]).toMatchObject({
        cycleId: engine.cycle('AT32'),
        details: {
          causes: [
            { code: 'event.nobody', subject: 'advance:strategy_development' },
            { code: 'timer.none' },
            { code: 'task.none' },
          ],
        },
      });
      await client.query('update accounts set disabled_at = null');
      await client.query('update tasks t set status = k.status from kept k where k.id = t.id');
      await client.query('drop table kept');
      await ward.expectClean();
    });

    it('that has no future: its gate waits for what only an administrator knows, and there is none', async () => {
      await client.query(`update accounts set disabled_at = now() where role = 'administrator'`);
      await client.query(`update regions set class = null where nuts = 'AT32'`);
      await client.query(
        `create table kept as select id, status from tasks where cycle_id = '${engine.cycle('AT32')}'`,
      );
      await client.query(`update tasks set status = 'cancelled' where cycle_id = $1`, [engine.cycle('AT32')]);
      const [stuck] = await ward.found('cycle.no-future');
      expect(stuck?.details['causes']).toContainEqual({
        code: 'gate.shut-for-good',
        subject: 'agenda_setting.exit',
      });
      await client.query('update accounts set disabled_at = null');
      await ward.expectClean();
      await client.query(`update regions set class = 'advanced' where nuts = 'AT32'`);
      await client.query('update tasks t set status = k.status from kept k where k.id = t.id');
      await client.query('drop table kept');
    });

    it('that has rested for very long with nothing to remind anybody', async () => {
      await suspendCycle(engine.deps, ward.command('AT32'));
      engine.clock.advanceDays(4);
      await carryOutEffects(engine);
      await ward.expectClean();
      const [rests] = await ward.found('cycle.suspended-too-long', {
        limits: { historySample: 0, suspendedDays: 3 },
      });
      expect(rests).toMatchObject({ cycleId: engine.cycle('AT32'), severity: 'warning' });
      await resumeCycle(engine.deps, ward.command('AT32'));
      await carryOutEffects(engine);
      await ward.expectClean();
    });

    it('whose standing rules nobody checks any more', async () => {
      const set = `effect->>'type' = 'standing-check' and cycle_id = $1 and fired_at is null`;
      await client.query(`delete from timers where ${set}`, [engine.cycle('DE1')]);
      const [missing] = await ward.found('standing-check.missing');
      expect(missing?.cycleId).toBe(engine.cycle('DE1'));
      expect(await ward.heal()).toEqual(['checked']);
    });

    it('in whose stage a timer is missing', async () => {
      const id = await openTimedScheme(engine, 'timed', 'DE1');
      await carryOutEffects(engine);
      await ward.expectClean();
      await client.query('delete from timers where cycle_id = $1 and name is not null', [id]);
      const [missing] = await ward.found('timer.missing');
      expect(missing).toMatchObject({ cycleId: id, details: { timer: 'too-long' } });
      expect(await ward.heal()).toEqual(['set']);
    });

    it('whose rows are not what its journal says', async () => {
      const deep: ExamineOptions = { deep: true };
      // The tests before have left traces of their own.
      const before = new Set((await ward.findings(deep)).map(({ subject }) => subject));
      const clean = [...engine.cycles.values()].find((id) => !before.has(id)) ?? '';
      await client.query(`update tasks set due_on = due_on + 1 where cycle_id = $1 and due_on is not null`, [
        clean,
      ]);
      const differing = (await ward.findings(deep)).find(({ subject }) => subject === clean);
      expect(differing).toMatchObject({ code: 'history.differs', cycleId: clean, severity: 'error' });
      await ward.raise(deep);
      await client.query(`update tasks set due_on = due_on - 1 where cycle_id = $1 and due_on is not null`, [
        clean,
      ]);
      // A cycle that has differed is verified in every round, whosever turn it is.
      const open = await ward.raise(ALONE);
      expect(open.has(clean)).toBe(false);
      for (const incidentId of open.values()) {
        await resolveByHand(engine.deps, { ...by(engine.administrator), incidentId, reason: 'planted' });
      }
    });
  });

  describe('finds a task', () => {
    it('whose assignee is gone, and releases it', async () => {
      const { rows } = await client.query<{ id: string }>(
        `update tasks set status = 'claimed', assignee = $1 where id in (
           select id from tasks where cycle_id = $2 and status = 'open' limit 1) returning id`,
        [GHOST, engine.cycle('AT32')],
      );
      const [gone] = await ward.found('task.assignee-gone');
      expect(gone).toMatchObject({ subject: rows[0]?.id, details: { assignee: GHOST, region: 'AT32' } });
      expect(await ward.heal()).toEqual(['released']);
    });

    it('that nobody living could do: a region without its authority', async () => {
      await client.query(`update accounts set disabled_at = now() where region = 'DE2'`);
      const all = await ward.found('task.nobody');
      expect(new Set(all.map(({ details }) => details['region']))).toEqual(new Set(['DE2']));
      await ward.mend(`update accounts set disabled_at = null where region = 'DE2'`);
    });
  });

  // What the project promises: every planted kind found in under a minute, all of them together.
  it('has needed less than a minute for all of this', () => {
    expect(ward.examinedMs()).toBeLessThan(60_000);
  });
});
