import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { readDecision } from '../../src/engine/decisions/read-decision.js';
import { readDecisions } from '../../src/engine/decisions/read-decisions.js';
import { replayDecisions } from '../../src/engine/decisions/replay-decisions.js';
import { instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { liveAtRandom, random } from '../support/random-decisions.js';

const SEED = 20_170_320;
const STEPS = 160;
const REGIONS = ['DE1', 'AT32', 'ITC4', 'CH022'];
const one = (condition: string) => `id = (select id from decisions where ${condition} order by id limit 1)`;
const all = { actor: SYSTEM_ACTOR, cycleId: null };

describe('stored decisions', () => {
  let engine: TestEngine;
  let client: Client;
  let wished: number;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-09-01T08:00:00Z'));
    client = new Client({ connectionString: engine.url });
    await client.connect();
    const regions = REGIONS.filter((nuts) => engine.cycles.has(nuts));
    wished = await liveAtRandom(engine, regions, STEPS, random(SEED));
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await engine.close();
  });

  /** Changes the row of one decision, as somebody with the keys of the database could, and puts it back afterwards. */
  async function tamper(change: string, work: () => Promise<void>): Promise<void> {
    await client.query('alter table decisions disable trigger decisions_only_grow');
    await client.query('create table kept as select * from decisions');
    try {
      const { rowCount } = await client.query(change);
      expect(rowCount).toBe(1);
      await work();
    } finally {
      await client.query('delete from decisions');
      await client.query('insert into decisions select * from kept');
      await client.query('drop table kept');
      await client.query('alter table decisions enable trigger decisions_only_grow');
    }
  }

  it('are of every kind: moved and refused, with each verdict', async () => {
    const { rows } = await client.query<{ outcome: string; verdict_word: string; n: number }>(
      'select outcome, verdict_word, count(*)::int as n from decisions group by 1, 2 order by 1, 2',
    );
    const kinds = rows.map(({ outcome, verdict_word }) => `${outcome} ${verdict_word}`);
    expect(kinds).toEqual(expect.arrayContaining(['moved pass', 'refused fail', 'refused unknown']));
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(wished / 2);
  });

  it('come out the same when each is worked out again', async () => {
    const progress: number[] = [];
    const report = await replayDecisions(engine.deps, all, (done) => progress.push(done));
    expect(report.differences).toEqual([]);
    expect(report.differing).toBe(0);
    expect(report.decisions).toBe(progress.at(-1));
    expect(report.decisions).toBeGreaterThan(30);
  });

  it('stand in the order of the log, each with the entry that tells of it', async () => {
    const cycleId = engine.cycle('DE1');
    const decisions = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { cycleId, limit: 1000 },
    });
    const log = await readHistory(engine.deps, { actor: engine.auditor, cycleId, after: 0, limit: 5000 });
    const told = log.filter(({ details }) => details['decision'] !== undefined);
    expect(told.map(({ sequence, details }) => [sequence, details['decision']])).toEqual(
      decisions.map(({ sequence, id }) => [sequence, id]),
    );
    expect(told.map(({ details }) => details['verdict'])).toEqual(decisions.map(({ verdict }) => verdict));
  });

  it('belong to their region: for another authority they do not exist', async () => {
    const [first] = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { region: 'DE1', limit: 1 },
    });
    const decisionId = first?.id ?? '';
    expect(
      (await readDecision(engine.deps, { actor: engine.authority('DE1'), decisionId })).decision.id,
    ).toBe(decisionId);
    await expect(
      readDecision(engine.deps, { actor: engine.authority('AT32'), decisionId }),
    ).rejects.toMatchObject({ code: 'decision.not-found' });
    expect(
      await readDecisions(engine.deps, {
        actor: engine.authority('AT32'),
        filter: { region: 'DE1', limit: 1 },
      }),
    ).toEqual([]);
  });

  it('cannot be changed or removed', async () => {
    await expect(client.query(`update decisions set gate = 'other'`)).rejects.toThrow('decisions only grows');
    await expect(client.query('delete from decisions')).rejects.toThrow('decisions only grows');
  });

  it.each([
    [
      'the word of a verdict',
      'verdict',
      `verdict = jsonb_set(verdict, '{verdict}', '"pass"')`,
      `verdict_word = 'fail'`,
    ],
    [
      'what a leaf has compared',
      'leaves',
      `verdict = jsonb_set(verdict, '{rules,0,leaves,0,actual}', '"something"')`,
      'true',
    ],
    ['the day', 'leaves', `today = today - 4000`, `verdict_word <> 'unknown'`],
    ['a fact that was too old', 'stale', `stale = stale || '["gov.body_named"]'`, 'true'],
    ['the word in the row', 'columns', `verdict_word = 'waived'`, `verdict_word <> 'waived'`],
    ['a refusal', 'outcome', `outcome = 'moved'`, `outcome = 'refused' and verdict_word = 'fail'`],
    ['the hash of the rulebook', 'definition', `rulebook_hash = 'another'`, 'true'],
    ['when it was', 'seal', `at = at + interval '1 day'`, 'true'],
    ['who it was', 'seal', `actor_name = 'Somebody Else'`, 'true'],
    ['the document behind a fact', 'seal', `facts = jsonb_set(facts, '{7,evidence}', '"Doc 8"')`, 'true'],
    ['all facts', 'verdict', `facts = '[]'`, `verdict_word = 'pass'`],
  ])('are found when somebody has changed %s', async (_, kind, set, condition) => {
    await tamper(`update decisions set ${set} where ${one(condition)}`, async () => {
      const { differing, differences } = await replayDecisions(engine.deps, all);
      expect(differing).toBe(1);
      // The day can change the verdict too; which of the two is told first is not the point.
      expect(kind === 'leaves' ? ['leaves', 'verdict'] : [kind]).toContain(differences[0]?.kind);
    });
    expect((await replayDecisions(engine.deps, all)).differing).toBe(0);
  });

  it('are found when one is gone', async () => {
    await tamper(`delete from decisions where ${one('true')}`, async () => {
      const { differences } = await replayDecisions(engine.deps, all);
      expect(differences.map(({ kind }) => kind)).toEqual(['lost']);
    });
  });

  it('are replayed of one cycle alone, and by nobody who decides', async () => {
    const cycleId = engine.cycle('AT32');
    const report = await replayDecisions(engine.deps, { actor: engine.auditor, cycleId });
    const whole = await replayDecisions(engine.deps, all);
    expect(report.differing).toBe(0);
    expect(report.decisions).toBeLessThan(whole.decisions);
    await expect(replayDecisions(engine.deps, { actor: engine.coordinator, cycleId })).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
  });
});
