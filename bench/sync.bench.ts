/**
 * Sync points of 10 to 10,000 members on a real PostgreSQL: every member arrives by the real verb, one after the other,
 * the last arrival releases the point, and the batches of the release are carried out. What an arrival and what a
 * release cost for each member must not grow with the number of members: if it costs more than 1.5 times as much among
 * the most as among the fewest, this ends with code 1. `npm run bench -- sync 1000` stops at 1,000 members.
 *
 * Regions and cycles are copied in the database: opening 10,000 cycles is not what is measured here.
 */
import process from 'node:process';
import { Client } from 'pg';
import type { SyncFanOutEffect } from '../src/core/terms/effect.js';
import { fanOutRelease } from '../src/engine/sync/fan-out-release.js';
import { placePoint } from '../src/engine/sync/place-point.js';
import { reachMilestone } from '../src/engine/sync/reach-milestone.js';
import { readSyncPoint } from '../src/engine/sync/read-sync-points.js';
import { openTestEngine, type TestEngine } from '../test/support/engine.js';
import { startTestServer, stopTestServer } from '../test/support/test-server.mjs';

const SIZES = [10, 100, 1_000, 10_000];
/** A size is measured until so many members have arrived: of ten alone the time is mere noise. */
const MEMBERS_MEASURED_MIN = 1_000;
const WARM_UP_ROUNDS = 30;
const RATIO_MAX = 1.5;
const MILESTONE = 'stress-test-closed';
const LABELS = { de: 'Punkt', fr: 'Point', it: 'Punto', sl: 'Točka', en: 'Point' };

interface Costs {
  /** Milliseconds for each member. */
  readonly arrival: number;
  readonly release: number;
}

/** A scheme of its own with so many regions, each with a cycle like those of the shipped one. */
async function makeScheme(client: Client, engine: TestEngine, id: string, members: number): Promise<void> {
  const from = engine.scheme.id;
  await client.query(
    `insert into schemes select $1, name, starts_on, ends_on, workflow_id, workflow_version, rulebook_id,
       rulebook_version, opened_at from schemes where id = $2`,
    [id, from],
  );
  await client.query(
    `insert into regions (scheme, nuts, position, name, country, language, zone, calendar, class, neighbours, profile)
     select $1, 'R' || lpad(i::text, 5, '0'), i, name, country, language, zone, calendar, class, '[]', '{}'
     from (select i, (i % 11) as at from generate_series(0, $2::int - 1) i) n
     join regions r on r.scheme = $3 and r.position = n.at`,
    [id, members, from],
  );
  const columns = (
    await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_name = 'cycles' and column_name not in ('id', 'scheme', 'region')`,
    )
  ).rows.map(({ name }) => name);
  await client.query(
    `insert into cycles (id, scheme, region, ${columns.join(', ')})
     select gen_random_uuid(), $1, r.nuts, ${columns.map((name) => `c.${name}`).join(', ')}
     from regions r join cycles c on c.id = $2 where r.scheme = $1`,
    [id, engine.cycle('DE1')],
  );
  await client.query('analyze regions; analyze cycles');
}

async function measure(client: Client, engine: TestEngine, id: string, members: number): Promise<Costs> {
  const { deps } = engine;
  await makeScheme(client, engine, id, members);
  const regions = Array.from({ length: members }, (_, at) => `R${String(at).padStart(5, '0')}`);
  const now = await engine.clock.now();
  await deps.database.transact((tx) =>
    placePoint(deps, tx, {
      scheme: id,
      definition: {
        id: 'BENCH',
        labels: LABELS,
        milestone: MILESTONE,
        members: regions,
        rule: {
          kind: 'every',
          of: [{ kind: 'all' }, { kind: 'groups', by: 'country', perGroup: 1, groups: 'every' }],
        },
        deadline: { on: null, policy: 'hold' },
        lateJoiner: 'add',
        leaver: 'shrink',
        releases: [
          { effect: 'notify', template: 'sync-point.released', audience: ['coordinator', 'authority'] },
        ],
      },
      scope: null,
      template: null,
      now,
    }),
  );
  await client.query('analyze sync_members');
  const arrive = async (region: string): Promise<number> => {
    const start = performance.now();
    await reachMilestone(deps, deps.newId(), {
      type: 'sync-milestone',
      scheme: id,
      region,
      milestone: MILESTONE,
      reachedAt: now,
    });
    return performance.now() - start;
  };
  let arrival = 0;
  const last = regions.at(-1) ?? '';
  for (const region of regions.slice(0, -1)) arrival += await arrive(region);
  let release = await arrive(last);

  const batches = await client.query<{ id: string; payload: SyncFanOutEffect }>(
    `select id, payload from outbox where payload->>'type' = 'sync-fan-out' and payload->>'scheme' = $1`,
    [id],
  );
  for (const { id: effectId, payload } of batches.rows) {
    const start = performance.now();
    if ((await fanOutRelease(deps, effectId, payload)) !== 'applied')
      throw new Error(`${effectId}: not applied`);
    release += performance.now() - start;
    // Delivered twice it does nothing.
    if ((await fanOutRelease(deps, effectId, payload)) !== 'duplicate') throw new Error(`${effectId}: twice`);
  }
  const { told } = await readSyncPoint(deps, { id: 'BENCH', scheme: id });
  if (told?.told !== members) throw new Error(`${told?.told ?? 0} of ${members} were told`);
  const notices = await client.query<{ told: number }>(
    `select count(*)::int as told from outbox where payload->>'type' = 'notify' and payload->>'scheme' = $1
       and payload->>'region' is not null`,
    [id],
  );
  if (notices.rows[0]?.told !== members) throw new Error('a member was told twice or not at all');
  await client.query('delete from outbox');
  return { arrival: arrival / Math.max(1, members - 1), release: release / members };
}

async function run(most: number): Promise<void> {
  await startTestServer();
  const engine = await openTestEngine();
  const client = new Client({ connectionString: engine.url });
  await client.connect();
  try {
    let serial = 0;
    const next = (members: number) => measure(client, engine, `bench-${(serial += 1)}`, members);
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await next(SIZES[0] ?? 1);
    const costs: Costs[] = [];
    for (const members of SIZES.filter((size) => size <= most)) {
      const rounds = Math.max(1, Math.ceil(MEMBERS_MEASURED_MIN / members));
      const measured: Costs[] = [];
      for (let round = 0; round < rounds; round += 1) measured.push(await next(members));
      costs.push(meanOf(measured));
      console.log(`${String(members).padStart(6)} members, ${rounds} rounds: ${line(meanOf(measured))}`);
    }
    compare(costs);
  } finally {
    await client.end();
    await engine.close();
    await stopTestServer();
  }
}

function meanOf(costs: readonly Costs[]): Costs {
  const mean = (kind: keyof Costs) => costs.reduce((sum, cost) => sum + cost[kind], 0) / costs.length;
  return { arrival: mean('arrival'), release: mean('release') };
}

function line({ arrival, release }: Costs): string {
  return `arrival ${arrival.toFixed(3)} ms, release ${release.toFixed(3)} ms for each member`;
}

function compare(costs: readonly Costs[]): void {
  const [fewest, most] = [costs[0], costs.at(-1)];
  if (fewest === undefined || most === undefined) throw new Error('nothing was measured');
  const arrival = most.arrival / fewest.arrival;
  const release = most.release / fewest.release;
  console.log(
    `ratio of the most members to the fewest: arrival ${arrival.toFixed(2)}, release ${release.toFixed(2)} ` +
      `(limit ${RATIO_MAX})`,
  );
  if (arrival > RATIO_MAX || release > RATIO_MAX) process.exitCode = 1;
}

await run(Number(process.argv[2] ?? SIZES.at(-1)));
