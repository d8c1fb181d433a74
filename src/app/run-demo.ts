import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { DomainError } from '../core/terms/domain-error.js';
import { instantFromMs, type Instant } from '../core/terms/instant.js';
import { makeMailboxChannel } from '../notices/mailbox-channel.js';
import { startEmbeddedPostgres } from '../postgres/embedded-postgres.js';
import { countingIds } from '../rehearsal/counting-ids.js';
import { judgeScenario } from '../rehearsal/judge-scenario.js';
import { rehearse } from '../rehearsal/rehearse.js';
import type { RehearsalDeps } from '../rehearsal/rehearsal-run.js';
import { renderTimeline } from '../rehearsal/render-timeline.js';
import type { Scenario } from '../rehearsal/scenario-schema.js';
import { simulatedClock } from '../rehearsal/simulated-clock.js';
import { timelineJson } from '../rehearsal/timeline-json.js';
import { drainOnce } from '../relay/drain-once.js';
import type { Settings } from '../settings/settings.js';
import { openDatabase } from '../store/database.js';
import { migrateDatabase } from '../store/migrate-database.js';
import { loadDefinitions, type Definitions } from './definitions.js';
import { makeInlineSender } from './inline-sender.js';

const SCENARIO = 's3-4alpclusters';
/** Before every scenario; the rehearsal sets the clock to its own first day. */
const BEFORE_ALL = '2010-01-01T00:00:00.000Z' as Instant;
/** As root the database server runs as another user, who must be able to pass. */
const PASSABLE = 0o711;

/**
 * Replays the real 30 months on a database of its own, which is gone afterwards, and prints the timeline. Progress
 * goes to the error stream, so that the output is the same each time.
 */
export async function runDemo(settings: Settings, options: { readonly json: boolean }): Promise<void> {
  const definitions = loadDefinitions(settings.paths);
  const { scenario, scheme } = readScenario(join(settings.paths.scenarios, `${SCENARIO}.json`), definitions);
  const dataDir = mkdtempSync(join(tmpdir(), 'cordata-demo-'));
  chmodSync(dataDir, PASSABLE);
  try {
    console.error('cordata: starting a database for the demo ...');
    const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: false });
    try {
      await migrateDatabase(server.url);
      await play(server.url, { definitions, scenario, scheme, json: options.json });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function play(
  url: string,
  piece: {
    readonly definitions: Definitions;
    readonly scenario: Scenario;
    readonly scheme: SchemeDefinition;
    readonly json: boolean;
  },
): Promise<void> {
  const { definitions, scenario, scheme, json } = piece;
  const database = await openDatabase(url);
  try {
    const clock = simulatedClock(BEFORE_ALL);
    const deps: RehearsalDeps = { database, catalog: definitions.catalog, clock, newId: countingIds() };
    await rehearse(deps, scenario, scheme, {
      drain: makeDrain(deps, definitions),
      emit: (event) => {
        if (json) console.log(timelineJson(event));
        else for (const line of renderTimeline(event)) console.log(line);
      },
    });
  } finally {
    await database.close();
  }
}

function makeDrain(deps: RehearsalDeps, { render }: Definitions): () => Promise<void> {
  const { database, clock } = deps;
  // The database is gone when the demo ends: nobody would ever look into its mailbox.
  const mailChannel = makeMailboxChannel(async () => undefined);
  const sender = makeInlineSender({ engine: deps, render, mailChannel });
  const relay = { database, clock, sender, machineNow: () => instantFromMs(Date.now()) };
  return async () => {
    for (;;) {
      const { timersFired, effectsSent } = await drainOnce(relay, { sweep: false });
      if (timersFired + effectsSent === 0) return;
    }
  };
}

function readScenario(
  file: string,
  definitions: Definitions,
): { scenario: Scenario; scheme: SchemeDefinition } {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const scheme = definitions.schemes.find(({ id }) => id === SCENARIO);
  if (scheme === undefined) throw new DomainError('scheme.not-found', { scheme: SCENARIO });
  const rulebook = definitions.catalog.rulebook(scheme.rulebook);
  const judged = judgeScenario(document, { scheme, rulebook });
  if ('problems' in judged) {
    const problems = judged.problems.map((problem) => ({ file, ...problem }));
    throw new DomainError('definition.invalid', { problems });
  }
  return { scenario: judged.scenario, scheme };
}
