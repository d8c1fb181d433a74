import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantFromMs, type Instant } from '../../src/core/terms/instant.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readBoard, type BoardRow } from '../../src/engine/schemes/read-board.js';
import { revertDecision } from '../../src/engine/way-back/revert-decision.js';
import { grantWaiver } from '../../src/engine/waivers/grant-waiver.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const plain = { note: null, decidedOn: null } as const;

describe('time travel', () => {
  let engine: TestEngine;
  /** What the board and a cycle said, after each thing that was done, and when. */
  const seen: { at: Instant; board: readonly BoardRow[]; cycle: unknown }[] = [];

  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  const record = (nuts: string, facts: ReturnType<typeof agendaSettingFacts>) =>
    recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId: engine.cycle(nuts), facts });
  const cycleAt = (at: Instant | null) =>
    readCycle(engine.deps, { actor: engine.coordinator, cycleId: engine.cycle('DE1'), at });

  async function look(): Promise<void> {
    const at = await engine.clock.now();
    seen.push({ at, board: await readBoard(engine.deps, engine.scheme.id), cycle: await cycleAt(null) });
    engine.clock.advanceDays(11);
  }

  beforeAll(async () => {
    engine = await openTestEngine();
    await look();
    await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    await look();
    await record('DE1', [fact('gov.body_named', true), fact('synergy.diamonds', 1)]);
    await look();
    await suspendCycle(engine.deps, command('DE1'));
    await carryOutEffects(engine);
    await look();
    await resumeCycle(engine.deps, command('DE1'));
    await look();
    await grantWaiver(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('DE2'),
      rule: 'R05',
      reason: 'The survey closes later.',
      secondedBy: 'administrator',
      endsOn: '2017-12-31' as CalendarDate,
    });
    await look();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    await record('DE1', agendaSettingFacts());
    await look();
    await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    await look();
    await sendBackCycle(engine.deps, { ...command('DE1'), to: 'agenda_setting' });
    await carryOutEffects(engine);
    await look();
    await revertDecision(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('DE1'),
      reason: 'It was another region.',
    });
    await look();
  });
  afterAll(() => engine.close());

  it('shows the board and a cycle at every instant as they were then', async () => {
    for (const { at, board, cycle } of seen) {
      expect(await readBoard(engine.deps, engine.scheme.id, at)).toEqual(board);
      expect(await cycleAt(at)).toEqual(cycle);
    }
  });

  it('shows between two decisions what the first has left', async () => {
    const gaps = seen
      .slice(0, -1)
      .map(({ at, cycle }, index) => ({ at, cycle, end: Date.parse(seen[index + 1]?.at ?? at) - 1 }))
      .filter(({ at, end }) => end > Date.parse(at));
    expect(gaps.length).toBeGreaterThan(5);
    for (const { cycle, end } of gaps) expect(await cycleAt(instantFromMs(end))).toEqual(cycle);
  });

  it('knows nothing of the time before a cycle was opened, nor of the future', async () => {
    await expect(cycleAt(instant('2016-10-31T00:00:00Z'))).rejects.toMatchObject({
      code: 'history.not-recorded',
    });
    expect(await readBoard(engine.deps, engine.scheme.id, instant('2016-10-31T00:00:00Z'))).toEqual([]);
    await expect(cycleAt(instant('2099-01-01T00:00:00Z'))).rejects.toMatchObject({
      code: 'date.in-the-future',
    });
  });

  it('shows another region nothing', async () => {
    const query = { actor: engine.authority('DE2'), cycleId: engine.cycle('DE1'), at: seen[3]?.at ?? null };
    await expect(readCycle(engine.deps, query)).rejects.toMatchObject({ code: 'cycle.not-found' });
  });
});
