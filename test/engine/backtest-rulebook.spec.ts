import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usableFacts } from '../../src/core/facts/usable-facts.js';
import { evaluateGate } from '../../src/core/gates/evaluate-gate.js';
import type { Rulebook } from '../../src/core/gates/rulebook.js';
import type { Verdict } from '../../src/core/gates/verdict.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { replayDecisions } from '../../src/engine/decisions/replay-decisions.js';
import { backtestRulebook } from '../../src/engine/rules/backtest-rulebook.js';
import { requestBacktest } from '../../src/engine/rules/request-backtest.js';
import { listDecisions } from '../../src/store/decision-store.js';
import { alteredRulebook, withParameter } from '../support/altered-rulebook.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { liveAtRandom, random } from '../support/random-decisions.js';

const SEED = 4_711;
const STEPS = 160;

const resultIn = (one: Verdict, rule: string) => one.rules.find(({ id }) => id === rule)?.result;

describe('a rulebook that is run on the decisions of the past', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-09-01T08:00:00Z'));
    await liveAtRandom(engine, ['DE1', 'FRC2', 'SI0'], STEPS, random(SEED));
  }, 120_000);
  afterAll(() => engine.close());

  const backtest = (rulebook: Rulebook) =>
    engine.deps.database.read((tx) => backtestRulebook(engine.deps, tx, { rulebook, filter: {} }));

  /** Every decision judged in full with the other rulebook, with nothing of the backtest but its inputs. */
  const bruteForce = (rulebook: Rulebook) =>
    engine.deps.database.read(async (tx) =>
      (await listDecisions(tx, { limit: 10_000 })).flatMap((decision) => {
        const { facts, cycleNumber, today, gate, waivers, verdict } = decision;
        const usable = usableFacts(rulebook.catalogue, facts, cycleNumber, today);
        const context = {
          ...usable,
          today,
          calendar: engine.deps.catalog.calendar(decision.calendar),
          neighbourCalendars: decision.neighbourCalendars.map((id) => engine.deps.catalog.calendar(id)),
        };
        const after = evaluateGate({ rulebook, gate, context, waivers });
        if (after.verdict === verdict.verdict) return [];
        const rules = [...verdict.rules, ...after.rules].map(({ id }) => id);
        const changed = rules.filter((id) => resultIn(verdict, id) !== resultIn(after, id));
        return [[decision.id, verdict.verdict, after.verdict, [...new Set(changed)]]];
      }),
    );

  it('flips nothing where it is the one that decided', async () => {
    const report = await backtest(engine.deps.catalog.latestRulebook('region-cycle'));
    const { decisions } = await replayDecisions(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(report).toEqual({
      decisions,
      flipped: 0,
      newlyAdmitted: 0,
      newlyRefused: 0,
      flips: [],
      isComplete: true,
    });
    expect(decisions).toBeGreaterThan(30);
  });

  it.each([
    ['R03', 'open_days_max', 30],
    ['R04', 'answers_per_group_min', 6],
    ['R01', null, 0],
    ['R12', 'mean_min', 4],
  ])('flips exactly those that brute force flips: %s with another %s', async (rule, parameter, value) => {
    const rulebook =
      parameter === null
        ? alteredRulebook(({ gates }) => {
            const gate = gates['agenda_setting.exit'];
            if (gate !== undefined) gate.rules = gate.rules.filter((id) => id !== rule);
            gates['other.exit'] = { ...gate, rules: [rule] };
          })
        : withParameter(rule, parameter, value);
    const report = await backtest(rulebook);
    const expected = await bruteForce(rulebook);
    const found = report.flips.map(({ decision, before, after, rules }) => [
      decision,
      before,
      after,
      rules.map((change) => change.rule),
    ]);
    expect(found).toEqual(expected);
    expect(report.flipped).toBe(expected.length);
  });

  it('says of a gate that is gone that it is gone', async () => {
    const rulebook = alteredRulebook(({ gates }) => {
      gates['other.exit'] = {
        ...gates['agenda_setting.exit'],
        rules: gates['agenda_setting.exit']?.rules ?? [],
      };
      delete gates['agenda_setting.exit'];
    });
    const { flips } = await backtest(rulebook);
    const gone = flips.filter(({ gate }) => gate === 'agenda_setting.exit');
    expect(gone.length).toBeGreaterThan(5);
    expect(new Set(gone.map(({ after }) => after))).toEqual(new Set([null]));
    expect(gone[0]?.rules.every(({ after }) => after === null)).toBe(true);
  });

  it('stops at the bounds, and says so', async () => {
    const rulebook = withParameter('R04', 'answers_per_group_min', 6);
    const run = (limits: { decisionsMax: number; flipsMax: number }) =>
      engine.deps.database.read((tx) => backtestRulebook(engine.deps, tx, { rulebook, filter: {}, limits }));
    const whole = await backtest(rulebook);
    expect(whole.flipped).toBeGreaterThan(1);
    expect(await run({ decisionsMax: 7, flipsMax: 100 })).toMatchObject({ decisions: 7, isComplete: false });
    const cut = await run({ decisionsMax: 100_000, flipsMax: 1 });
    expect([cut.flipped, cut.flips.length, cut.isComplete]).toEqual([whole.flipped, 1, false]);
  });

  it('is asked for by those who make or read the rules', async () => {
    const rulebook = withParameter('R04', 'answers_per_group_min', 6);
    const filter = { region: 'DE1' };
    const report = await requestBacktest(engine.deps, { ...by(engine.administrator), rulebook, filter });
    expect(new Set(report.flips.map(({ region }) => region))).toEqual(new Set(['DE1']));
    await expect(
      requestBacktest(engine.deps, { ...by(engine.authority('DE1')), rulebook, filter }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });
});
