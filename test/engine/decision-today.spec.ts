import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { decisionToday } from '../../src/engine/decisions/decision-today.js';
import { readDecisions } from '../../src/engine/decisions/read-decisions.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { seedRulebooks } from '../../src/engine/rules/seed-rulebooks.js';
import { grantWaiver } from '../../src/engine/waivers/grant-waiver.js';
import { catalogWith, withParameter } from '../support/altered-rulebook.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const NOW = instant('2017-07-03T08:00:00Z');
const LATER = instant('2018-10-01T08:00:00Z');

describe('whether a decision would be the same today', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
  });
  afterAll(() => engine.close());

  const command = (nuts: string) => ({
    ...by(engine.coordinator),
    cycleId: engine.cycle(nuts),
    note: null,
    decidedOn: null,
  });
  const record = (nuts: string, ...facts: ReturnType<typeof agendaSettingFacts>) =>
    recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId: engine.cycle(nuts), facts });

  /** Decides on the way out of agenda setting with these facts on top of passing ones; gives the decision's id. */
  async function decide(nuts: string, ...facts: ReturnType<typeof agendaSettingFacts>): Promise<string> {
    engine.clock.set(NOW);
    await record(nuts, ...agendaSettingFacts());
    if (facts.length > 0) await record(nuts, ...facts);
    await advanceCycle(engine.deps, { ...command(nuts), to: null });
    const decisions = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { cycleId: engine.cycle(nuts), limit: 100 },
    });
    return decisions.at(-1)?.id ?? '';
  }

  const today = (decisionId: string, deps: EngineDeps = engine.deps) =>
    decisionToday(deps, { actor: engine.auditor, decisionId });

  /** The answer of today while one more version of the rulebook is published. */
  async function todayWith(rulebook: ReturnType<typeof withParameter>, decisionId: string) {
    const deps = { ...engine.deps, catalog: catalogWith(rulebook) };
    await seedRulebooks(deps);
    try {
      return await today(decisionId, deps);
    } finally {
      await engine.deps.database.transact((tx) =>
        tx.execute('delete from rulebook_versions where version = ?', [rulebook.version]),
      );
    }
  }

  it('is the same as long as nothing has changed, although the region has gone on', async () => {
    const { split, facts } = await today(await decide('DE1'));
    expect([split.was, split.now, split.causes, split.rules, facts]).toEqual(['pass', 'pass', [], [], []]);
  });

  it('is otherwise because of a fact', async () => {
    const id = await decide('DE2');
    await record('DE2', fact('gov.deputy_named', false));
    const { split, facts } = await today(id);
    expect([split.was, split.now, split.causes]).toEqual(['pass', 'fail', [['fact']]]);
    expect(split.rules).toEqual([{ rule: 'R01', was: 'pass', now: 'fail', causes: [['fact']] }]);
    expect(facts.map(({ fact: name, was, now }) => [name, was?.value, now?.value])).toEqual([
      ['gov.deputy_named', true, false],
    ]);
  });

  it('is otherwise because of the clock: what was recorded has aged', async () => {
    const id = await decide('AT32');
    engine.clock.set(LATER);
    const { split } = await today(id);
    expect(split.was).toBe('pass');
    expect(split.now).not.toBe('pass');
    expect(split.causes).toEqual([['clock']]);
    expect(split.inOrder.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', split.now]);
  });

  it('is otherwise because of a rule: another version is in force', async () => {
    const id = await decide('AT31');
    const stricter = withParameter('R04', 'answers_per_group_min', 6);
    const { split, rulebooks } = await todayWith(stricter, id);
    expect([rulebooks.was.version, rulebooks.now.version]).toEqual([1, 2]);
    expect([split.was, split.now, split.causes]).toEqual(['pass', 'fail', [['rule']]]);
    expect(split.rules).toEqual([{ rule: 'R04', was: 'pass', now: 'fail', causes: [['rule']] }]);
  });

  it('is otherwise because of a waiver that was granted since', async () => {
    const id = await decide('ITH3', fact('stresstest.responses.civil', 0));
    await grantWaiver(engine.deps, {
      ...command('ITH3'),
      rule: 'R04',
      reason: 'nobody was asked',
      secondedBy: 'administrator',
      endsOn: '2017-12-31' as CalendarDate,
    });
    const { split } = await today(id);
    expect([split.was, split.now, split.causes]).toEqual(['fail', 'waived', [['waiver']]]);
    engine.clock.set(instant('2018-01-01T08:00:00Z'));
    expect((await today(id)).split.causes).toEqual([]);
  });

  it('is otherwise because of a rule and a fact together, where neither alone would do', async () => {
    const id = await decide('ITH2');
    // Five answers are enough for the old rule; the stricter one is content with what was there then.
    await record('ITH2', fact('stresstest.responses.civil', 4));
    const stricter = withParameter('R04', 'answers_per_group_min', 5);
    const { split } = await todayWith(stricter, id);
    expect([split.was, split.now, split.causes]).toEqual(['pass', 'fail', [['rule', 'fact']]]);
    expect(split.alone.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });
});
