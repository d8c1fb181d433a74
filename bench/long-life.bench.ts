/**
 * One cycle lives through 200,000 transitions by the real verbs on a real PostgreSQL: rests and goes on, is sent back
 * and advances through its gate again. The last thousand must not take longer than 1.5 times the first thousand; if
 * they do, it ends with code 1. `npm run bench -- long-life 5000` tries it with fewer.
 *
 * What the transitions record for others is taken out of the outbox unmeasured, as relay and pruning would.
 */
import process from 'node:process';
import { Client } from 'pg';
import { SYSTEM_ACTOR } from '../src/core/terms/actor.js';
import { instantFromMs, instantToMs } from '../src/core/terms/instant.js';
import { advanceCycle } from '../src/engine/cycles/advance-cycle.js';
import { resumeCycle } from '../src/engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../src/engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../src/engine/cycles/suspend-cycle.js';
import { recordFacts } from '../src/engine/facts/record-facts.js';
import { by, instant, openTestEngine, type TestEngine } from '../test/support/engine.js';
import { agendaSettingFacts } from '../test/support/passing-facts.js';
import { startTestServer, stopTestServer } from '../test/support/test-server.mjs';

const TRANSITIONS = 200_000;
const SPAN = 1_000;
const RATIO_MAX = 1.5;
const WARM_UP = 300;
const REPORT_EVERY = 1_000;
/** The mix, over and over: three rests for each way back. */
const ROUND = [
  'suspend',
  'resume',
  'suspend',
  'resume',
  'advance',
  'suspend',
  'resume',
  'suspend',
  'resume',
  'send-back',
] as const;
const STEP_MS = 1_000;

type Kind = (typeof ROUND)[number];

async function step(engine: TestEngine, nuts: string, kind: Kind): Promise<number> {
  engine.clock.set(instantFromMs(instantToMs(await engine.clock.now()) + STEP_MS));
  const plain = { note: null, decidedOn: null };
  const wish = { ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain };
  const start = performance.now();
  const decision = await {
    suspend: () => suspendCycle(engine.deps, wish),
    resume: () => resumeCycle(engine.deps, wish),
    advance: () => advanceCycle(engine.deps, { ...wish, to: null }),
    'send-back': () => sendBackCycle(engine.deps, { ...wish, to: null }),
  }[kind]();
  const ms = performance.now() - start;
  if (decision.kind !== 'moved') throw new Error(`${kind}: ${decision.code}`);
  return ms;
}

/** Milliseconds of each transition. */
async function live(engine: TestEngine, client: Client, nuts: string, count: number): Promise<Float64Array> {
  await recordFacts(engine.deps, {
    ...by(SYSTEM_ACTOR),
    cycleId: engine.cycle(nuts),
    facts: agendaSettingFacts(),
  });
  const times = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    times[index] = await step(engine, nuts, ROUND[index % ROUND.length] ?? 'suspend');
    if ((index + 1) % SPAN === 0) await client.query('delete from outbox');
    if ((index + 1) % REPORT_EVERY === 0) {
      console.log(`${String(index + 1).padStart(8)}  ${line(times.subarray(index + 1 - SPAN, index + 1))}`);
    }
  }
  return times;
}

const sum = (times: Float64Array): number => times.reduce((total, ms) => total + ms, 0);

/** Of each verb, and of all. */
function line(times: Float64Array): string {
  const mean = (list: Float64Array): string => (sum(list) / list.length).toFixed(2);
  const kinds = [...new Set(ROUND)].map(
    (kind) => `${kind} ${mean(times.filter((_, index) => ROUND[index % ROUND.length] === kind))}`,
  );
  return `${mean(times)} ms a transition (${kinds.join(', ')})`;
}

async function sizes(client: Client): Promise<void> {
  const { rows } = await client.query<Record<'relname' | 'mb' | 'live' | 'dead' | 'scanned', string>>(
    `select relname, round(pg_total_relation_size(relid) / 1048576.0, 1) as mb, n_live_tup as live, n_dead_tup as dead,
       seq_tup_read as scanned
     from pg_stat_user_tables order by pg_total_relation_size(relid) desc limit 10`,
  );
  console.log('\ntable                      MB   live rows   dead rows  read by scans');
  for (const { relname, mb, live: alive, dead, scanned } of rows) {
    console.log(
      `${relname.padEnd(20)} ${mb.padStart(9)} ${alive.padStart(11)} ${dead.padStart(11)} ${scanned.padStart(14)}`,
    );
  }
}

async function longLife(count: number): Promise<void> {
  await startTestServer();
  try {
    const engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
    const client = new Client({ connectionString: engine.url });
    await client.connect();
    try {
      await live(engine, client, 'DE2', WARM_UP);
      const started = performance.now();
      const times = await live(engine, client, 'DE1', count);
      console.log(
        `\n${count} transitions of one cycle in ${((performance.now() - started) / 1000).toFixed(0)} s`,
      );
      const first = times.subarray(0, SPAN);
      const last = times.subarray(-SPAN);
      const ratio = sum(last) / sum(first);
      console.log(`first ${SPAN}: ${line(first)}`);
      console.log(`last ${SPAN}:  ${line(last)}`);
      console.log(`ratio of the last to the first: ${ratio.toFixed(2)} (limit ${RATIO_MAX})`);
      await sizes(client);
      if (ratio > RATIO_MAX) process.exitCode = 1;
    } finally {
      await client.end();
      await engine.close();
    }
  } finally {
    await stopTestServer();
  }
}

await longLife(Number(process.argv[2] ?? TRANSITIONS));
