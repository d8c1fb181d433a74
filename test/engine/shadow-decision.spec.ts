import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readDecisions } from '../../src/engine/decisions/read-decisions.js';
import type { EngineDeps, ShadowedRulebook } from '../../src/engine/engine-deps.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readIncidents } from '../../src/engine/incidents/read-incidents.js';
import { readShadowReport } from '../../src/engine/rules/read-shadow-report.js';
import { alteredRulebook, withParameter } from '../support/altered-rulebook.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';

const STRICTER = '0198a8a0-0000-7000-8000-000000000001';
const GATELESS = '0198a8a0-0000-7000-8000-000000000002';
const BROKEN = '0198a8a0-0000-7000-8000-000000000003';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Every table that tells of a cycle, and an order in which its rows are the same each time. */
const TABLES = [
  ['facts', 'fact'],
  ['log_entries', 'sequence'],
  ['tasks', 'id'],
  ['milestones', 'milestone'],
  ['waivers', 'id'],
  ['timers', 'id'],
  ['decisions', 'id'],
  ['incidents', 'id'],
] as const;

describe('a draft that is tried out beside the live rulebook', () => {
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

  const shadowed = (...shadows: ShadowedRulebook[]): EngineDeps => ({
    ...engine.deps,
    shadows: async () => shadows,
  });
  const advance = (deps: EngineDeps, nuts: string) =>
    advanceCycle(deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle(nuts),
      to: null,
      note: null,
      decidedOn: null,
    });
  const record = (nuts: string) =>
    recordFacts(engine.deps, {
      ...by(engine.authority(nuts)),
      cycleId: engine.cycle(nuts),
      facts: agendaSettingFacts(),
    });
  const report = (draftId: string) =>
    readShadowReport(engine.deps, { actor: engine.administrator, draftId, after: null, limit: 50 });
  it('says what it would have said, and the report names where it differs and the rules', async () => {
    const deps = shadowed(stricter());
    await advance(deps, 'DE2');
    await record('DE2');
    const moved = await advance(deps, 'DE2');
    expect(moved.kind === 'moved' && moved.verdict?.verdict).toBe('pass');
    const { decisions, diverging, divergences } = await report(STRICTER);
    expect([decisions, diverging]).toEqual([2, 1]);
    expect(divergences.map(({ region, live, shadow, rules }) => [region, live, shadow, rules])).toEqual([
      ['DE2', 'pass', 'fail', [{ rule: 'R04', before: 'pass', after: 'fail' }]],
    ]);
  });

  it('changes nothing: the same steps leave the same rows with and without it', async () => {
    const other = await openTestEngine();
    try {
      const tried = [stricter(), { draftId: GATELESS, rulebook: gateless() }];
      expect(await live(engine, shadowed(...tried))).toEqual(await live(other, other.deps));
    } finally {
      await other.close();
    }
  });

  it('diverges where it does not have the gate', async () => {
    const { divergences } = await report(GATELESS);
    expect(divergences.map(({ shadow }) => shadow)).toEqual([null, null]);
  });

  it('cannot make a command fail: what it breaks becomes one incident, and the decision stands', async () => {
    const broken = {
      draftId: BROKEN,
      get rulebook(): never {
        throw new Error('a broken draft');
      },
    };
    await advance(shadowed(broken), 'ITH3');
    await record('ITH3');
    const moved = await advance(shadowed(stricter(), broken), 'ITH3');
    expect(moved.kind === 'moved' && moved.cycle.stage).toBe('strategy_development');
    const incidents = await readIncidents(engine.deps, { actor: engine.auditor, limit: 50 });
    expect(incidents.map(({ kind, details }) => [kind, details['reason']])).toEqual([
      ['shadow.failed', 'Error: a broken draft'],
    ]);
    expect((await report(BROKEN)).decisions).toBe(0);
  });

  it('cannot make a command fail by breaking the transaction either', async () => {
    const deps: EngineDeps = {
      ...engine.deps,
      shadows: async (tx) => {
        await tx.execute('update cycles set stage = stage || now()');
        await tx.execute('select * from a_table_that_is_not_there');
        return [];
      },
    };
    const cycleId = engine.cycle('SI0');
    const refused = await advance(deps, 'SI0');
    expect(refused.kind).toBe('refused');
    const [decision] = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { cycleId, limit: 5 },
    });
    expect(decision?.outcome).toBe('refused');
    const { rows } = await client.query('select stage from cycles where id = $1', [cycleId]);
    expect(rows).toEqual([{ stage: 'agenda_setting' }]);
  });

  it('is reported to those who make or read the rules', async () => {
    await expect(
      readShadowReport(engine.deps, {
        actor: engine.authority('DE1'),
        draftId: STRICTER,
        after: null,
        limit: 1,
      }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });
});

/** Takes steps with a region, and gives every row that tells of it, with ids by the order in which they appear. */
async function live(engine: TestEngine, deps: EngineDeps): Promise<readonly string[]> {
  engine.clock.set(instant('2017-07-03T08:00:00Z'));
  const cycleId = engine.cycle('DE1');
  const move = { ...by(engine.coordinator), cycleId, to: null, note: null, decidedOn: null };
  await advanceCycle(deps, move);
  await recordFacts(deps, { ...by(engine.authority('DE1')), cycleId, facts: agendaSettingFacts() });
  await advanceCycle(deps, move);
  const client = new Client({ connectionString: engine.url });
  await client.connect();
  try {
    const rows: string[] = [];
    for (const [table, order] of TABLES) {
      const found = await client.query(
        `select to_jsonb(t) - 'created_at' - 'lease_until' as row from ${table} t
         where cycle_id = $1 order by ${order}`,
        [cycleId],
      );
      rows.push(...found.rows.map((row) => `${table} ${JSON.stringify(row)}`));
    }
    rows.push(JSON.stringify((await client.query('select * from cycles where id = $1', [cycleId])).rows));
    const ids = new Map<string, string>();
    const nameOf = (id: string) => ids.get(id) ?? ids.set(id, `id ${ids.size}`).get(id) ?? id;
    return rows.map((row) => row.replaceAll(UUID, nameOf));
  } finally {
    await client.end();
  }
}

function stricter(): ShadowedRulebook {
  return { draftId: STRICTER, rulebook: withParameter('R04', 'answers_per_group_min', 6) };
}

function gateless() {
  return alteredRulebook(({ gates }) => {
    gates['other.exit'] = {
      ...gates['agenda_setting.exit'],
      rules: gates['agenda_setting.exit']?.rules ?? [],
    };
    delete gates['agenda_setting.exit'];
  });
}
