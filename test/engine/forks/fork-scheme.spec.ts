import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { withdrawCycle } from '../../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../../src/engine/facts/record-facts.js';
import { dropOldForks } from '../../../src/engine/forks/drop-old-forks.js';
import { forkScheme, type ForkComparison } from '../../../src/engine/forks/fork-scheme.js';
import { FORK_DAYS_MAX, type ForkWish, type HypotheticalFact } from '../../../src/engine/forks/fork-wish.js';
import { draftRulebook } from '../../../src/engine/rules/draft-rulebook.js';
import { editDraft } from '../../../src/engine/rules/edit-draft.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { agendaSettingFacts } from '../../support/passing-facts.js';

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

const REST = 'stresstest.responses.civil';
const PLAIN = {
  at: null,
  until: day('2017-08-31'),
  pace: 'gates',
  facts: [],
  events: [],
  deadlines: [],
  draft: null,
  keep: false,
} as const;

describe('a fork of a scheme', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
    await carryOutEffects(engine);
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    const facts = agendaSettingFacts().filter(({ fact }) => fact !== REST);
    await recordFacts(engine.deps, { ...by(engine.coordinator), cycleId: engine.cycle('AT32'), facts });
  });
  afterAll(() => engine.close());

  const fork = (more: Partial<ForkWish> = {}) =>
    forkScheme(engine.deps, {
      ...by(engine.coordinator),
      wish: { scheme: engine.scheme.id, ...PLAIN, ...more },
    });
  const fact = (more: Partial<HypotheticalFact> = {}): HypotheticalFact => ({
    of: { region: 'AT32' },
    fact: REST,
    value: 5,
    precision: null,
    on: day('2017-07-10'),
    ...more,
  });
  const differences = ({ differences: found }: ForkComparison) =>
    found.map(({ kind, region, name, base, fork: there, daysLater }) =>
      [kind, region, name, base, there, daysLater].map(String).join(' '),
    );
  const schemas = () =>
    engine.deps.database.read(async (tx) =>
      (
        await tx.execute<{ name: string }[]>(
          "select nspname as name from pg_namespace where nspname like 'fork%' order by 1",
        )
      ).map(({ name }) => name),
    );

  it('says what one missing fact would change: the region goes on the day after its gate has opened', async () => {
    const answer = await fork({ facts: [fact()] });
    expect(differences(answer)).toEqual([
      'stage AT32 strategy_development null 2017-07-11 null',
      'milestone AT32 strategy-development-entered null 2017-07-11 null',
      'end AT32 strategy_development null null null',
    ]);
    expect(
      answer.fork.steps.map(({ on, cause, what, to, outcome }) => [on, cause, what, to, outcome]),
    ).toEqual([
      ['2017-07-10', 'hypothesis', 'facts', null, 'done'],
      ['2017-07-11', 'gate', 'advance', 'strategy_development', 'done'],
    ]);
    expect(answer.base.steps).toEqual([]);
    expect(answer.base.cycles.find(({ region }) => region === 'AT32')?.gate).toMatchObject({
      gate: 'agenda_setting.exit',
      verdict: 'unknown',
      missing: [{ fact: REST }],
    });
    expect(answer).toMatchObject({ from: '2017-07-03', until: '2017-08-31', limits: [], kept: null });
  });

  it('has changed nothing of the scheme, and is gone', async () => {
    const { stage } = await engine.deps.database.read(async (tx) => {
      const [row] = await tx.execute<{ stage: string }[]>('select stage from cycles where id = ?', [
        engine.cycle('AT32'),
      ]);
      return row ?? { stage: '' };
    });
    expect(stage).toBe('agenda_setting');
    expect(await schemas()).toEqual([]);
  });

  it('is the same twice, byte by byte', async () => {
    const wish = { facts: [fact()], pace: 'medians', until: day('2017-08-16') } as const;
    expect(JSON.stringify(await fork(wish))).toBe(JSON.stringify(await fork(wish)));
  });

  it('takes hypothetical events, and tells those that are refused', async () => {
    const answer = await fork({
      events: [
        { of: { region: 'AT32' }, type: 'advance', to: null, on: day('2017-07-05') },
        { of: { region: 'DE1' }, type: 'withdraw', to: null, on: day('2017-07-06') },
      ],
    });
    expect(
      answer.fork.steps.map(({ region, what, to, outcome, code }) => [region, what, to, outcome, code]),
    ).toEqual([
      ['AT32', 'advance', 'strategy_development', 'refused', 'gate.refused'],
      ['DE1', 'withdraw', 'withdrawn', 'done', null],
    ]);
    expect(differences(answer)).toContain('end DE1 withdrawn null null null');
    const kickOff = answer.fork.syncPoints.find(({ syncPoint }) => syncPoint === 'KICK-OFF');
    expect(kickOff?.releasedOn).toBe('2016-11-01');
  });

  it('by medians assumes what opens a gate, on the day in the middle of what the forecast sees', async () => {
    const answer = await fork({ pace: 'medians', until: day('2017-09-30'), facts: [fact()] });
    const { steps } = answer.base;
    const assumed = steps.filter(({ cause }) => cause === 'pace');
    expect(new Set(assumed.map(({ region }) => region)).size).toBe(11);
    // Of Fribourg no class is known: whether some rules count for it no fact of its own can say.
    expect(assumed.filter(({ outcome }) => outcome === 'refused').map(({ region }) => region)).toEqual([
      'CH022',
    ]);
    expect(assumed.filter(({ facts }) => facts.length > 0)).toHaveLength(10);
    // What nobody has to assume is not assumed again.
    expect(assumed.find(({ region }) => region === 'AT32')?.facts).toEqual([REST]);
    const moved = steps.filter(({ cause, outcome }) => cause === 'gate' && outcome === 'done');
    expect(moved.map(({ to }) => to)).toEqual(Array.from({ length: 10 }, () => 'strategy_development'));
    const stress = answer.base.syncPoints.find(({ syncPoint }) => syncPoint === 'S0');
    expect(stress?.releasedOn).toMatch(/^2017/);
  });

  it('can begin in the past: what has happened since is not there', async () => {
    const answer = await fork({ at: instant('2017-06-01T08:00:00Z'), facts: [fact()] });
    expect(answer.limits).toEqual(['joint-records.as-they-stand']);
    const at32 = answer.fork.cycles.find(({ region }) => region === 'AT32');
    expect(at32?.gate?.missing.length).toBeGreaterThan(5);
    expect(differences(answer)).toEqual([]);
    const { fork: again } = await fork({
      at: instant('2017-07-03T08:00:00Z'),
      facts: [fact()],
    });
    expect(again.cycles.find(({ region }) => region === 'AT32')?.stage).toBe('strategy_development');
  });

  it('can be played by the rules of a draft', async () => {
    const draft = await draftRulebook(engine.deps, {
      ...by(engine.administrator),
      id: 'region-cycle',
      from: 1,
      reason: 'what if',
    });
    const without = await engine.deps.database.read(async (tx) => {
      const [row] = await tx.execute<{ definition: { rules: { id: string; severity: unknown }[] } }[]>(
        'select definition from rulebook_drafts where id = ?',
        [draft.id],
      );
      return row?.definition;
    });
    if (without === undefined) throw new Error('no draft');
    const softened = {
      ...without,
      rules: without.rules.map((rule) =>
        JSON.stringify(rule).includes(REST) ? { ...rule, severity: 'warn' } : rule,
      ),
    };
    await editDraft(engine.deps, {
      ...by(engine.administrator),
      draftId: draft.id,
      edit: { definition: softened },
    });
    const answer = await fork({ draft: draft.id });
    expect(answer.draft).toBe(draft.id);
    expect(differences(answer)).toContain('stage AT32 strategy_development null 2017-07-04 null');
  });

  it('stays for a look if it is to, and is dropped when it is a day old', async () => {
    const { kept } = await fork({ keep: true });
    expect(await schemas()).toEqual([kept?.fork, kept?.base].toSorted());
    expect(await dropOldForks(engine.deps)).toEqual([]);
    await engine.deps.database.transact(async (tx) => {
      await tx.execute(`comment on schema ${kept?.fork} is '2017-01-01T00:00:00.000Z'`);
      await tx.execute(`comment on schema ${kept?.base} is null`);
      await tx.execute('create schema fork_lift');
    });
    expect(await dropOldForks(engine.deps)).toEqual([kept?.fork, kept?.base].toSorted());
    expect(await schemas()).toEqual(['fork_lift']);
    await engine.deps.database.transact((tx) => tx.execute('drop schema fork_lift'));
  });

  it('names every fault of what it is asked', async () => {
    const wrong = fork({
      until: day('2017-07-31'),
      facts: [
        fact({ of: { region: 'DE9' } }),
        fact({ fact: 'gov.nothing' }),
        fact({ value: 'many' }),
        fact({ on: day('2017-08-01') }),
        fact({ fact: 'stage.working_days', value: 1 }),
      ],
      events: [{ of: { region: 'AT32' }, type: 'advance', to: 'nowhere', on: day('2017-07-10') }],
      deadlines: [{ syncPoint: 'S99', on: null }],
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'fork.invalid',
      details: {
        errors: [
          { pointer: '/facts/0/region', code: 'region.not-found' },
          { pointer: '/facts/1/fact', code: 'fact.unknown' },
          { pointer: '/facts/2/value', code: 'fact.wrong-type' },
          { pointer: '/facts/3/on', code: 'fork.out-of-time' },
          { pointer: '/facts/4/fact', code: 'fact.not-recordable' },
          { pointer: '/events/0/to', code: 'event.target-unknown' },
          { pointer: '/deadlines/0/syncPoint', code: 'sync-point.not-found' },
        ],
      },
    });
    expect(FORK_DAYS_MAX).toBe(1_096);
    await expect(fork({ until: day('2020-07-04') })).rejects.toMatchObject({ code: 'fork.too-large' });
    await expect(fork({ until: day('2017-07-02') })).rejects.toMatchObject({ code: 'fork.invalid' });
    await expect(
      forkScheme(engine.deps, {
        ...by(engine.authority('AT32')),
        wish: { scheme: engine.scheme.id, ...PLAIN },
      }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    expect(await schemas()).toEqual([]);
  });

  it('knows a region that has left the scheme', async () => {
    await withdrawCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('SI0'),
      note: null,
      decidedOn: null,
    });
    const answer = await fork({ pace: 'medians', until: day('2017-09-30') });
    expect(answer.base.cycles.find(({ region }) => region === 'SI0')).toMatchObject({
      status: 'withdrawn',
      gate: null,
    });
    expect(answer.base.steps.some(({ region }) => region === 'SI0')).toBe(false);
  });
});
