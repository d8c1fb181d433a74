/**
 * How long a rulebook takes to be run on 5,000 stored decisions: read from PostgreSQL, batch by batch, each with all
 * that was known of its region, and judged again. The decisions are those of regions that live at random, copied.
 */
import { Client } from 'pg';
import { SYSTEM_ACTOR } from '../src/core/terms/actor.js';
import { replayDecisions } from '../src/engine/decisions/replay-decisions.js';
import { backtestRulebook } from '../src/engine/rules/backtest-rulebook.js';
import { withParameter } from '../test/support/altered-rulebook.js';
import { instant, openTestEngine, type TestEngine } from '../test/support/engine.js';
import { liveAtRandom, random } from '../test/support/random-decisions.js';
import { startTestServer, stopTestServer } from '../test/support/test-server.mjs';

const DECISIONS = 5_000;
const GOAL_S = 10;
const STEPS = 300;
const ROUNDS = 3;

export default async function backtestBench(): Promise<void> {
  await startTestServer();
  try {
    const engine = await openTestEngine();
    try {
      engine.clock.set(instant('2017-09-01T08:00:00Z'));
      const regions = [...engine.cycles.keys()].slice(0, 6);
      await liveAtRandom(engine, regions, STEPS, random(7));
      console.log(await fillUp(engine.url));
      await measure(engine);
    } finally {
      await engine.close();
    }
  } finally {
    await stopTestServer();
  }
}

async function measure(engine: TestEngine): Promise<void> {
  const rulebook = withParameter('R04', 'answers_per_group_min', 6);
  for (let round = 1; round <= ROUNDS; round += 1) {
    let told = 0;
    const start = performance.now();
    const report = await engine.deps.database.read((tx) =>
      backtestRulebook(engine.deps, tx, { rulebook, filter: {} }, () => (told += 1)),
    );
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `backtest ${round}: ${report.decisions} decisions, ${report.flipped} flips in ${seconds.toFixed(2)} s ` +
        `(${told} reports of progress; goal: under ${GOAL_S} s)`,
    );
  }
  const start = performance.now();
  const { decisions, differing } = await replayDecisions(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
  const seconds = (performance.now() - start) / 1000;
  console.log(`replay: ${decisions} decisions, ${differing} differences in ${seconds.toFixed(2)} s`);
}

/** Copies decisions, with an entry of the log for each, until there are 5,000; tells how large they are. */
async function fillUp(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `create temp table copies on commit drop as
       select d.*, gen_random_uuid() as new_id, (1000000 + row_number() over ())::int as new_sequence
       from generate_series(1, $1) cross join decisions d limit $1 - (select count(*) from decisions)`,
      [DECISIONS],
    );
    await client.query(
      `insert into log_entries
       select l.cycle_id, c.new_sequence, l.kind, l.at, l.actor_id, l.actor_name, l.actor_role, l.workflow_version,
         l.workflow_hash, l.rulebook_version, l.rulebook_hash,
         jsonb_set(l.details, '{decision}', to_jsonb(c.new_id::text))
       from copies c join log_entries l on l.cycle_id = c.cycle_id and l.sequence = c.sequence`,
    );
    await client.query('update copies set id = new_id, sequence = new_sequence');
    await client.query('alter table copies drop column new_id, drop column new_sequence');
    await client.query('insert into decisions select * from copies');
    await client.query('commit');
    const { rows } = await client.query<{ n: number; facts: number; kb: number }>(
      `select count(*)::int as n, avg(jsonb_array_length(facts))::int as facts,
         (avg(length(facts::text) + length(verdict::text)) / 1024)::int as kb from decisions`,
    );
    const [row] = rows;
    return `${row?.n} decisions with ${row?.facts} facts and ${row?.kb} KB each, on average`;
  } finally {
    await client.end();
  }
}

await backtestBench();
