import { readFileSync } from 'node:fs';
import { makeInlineSender } from '../../src/app/inline-sender.js';
import { instantFromMs } from '../../src/core/terms/instant.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { countingIds } from '../../src/rehearsal/counting-ids.js';
import { judgeScenario } from '../../src/rehearsal/judge-scenario.js';
import type { RehearsalEvent } from '../../src/rehearsal/rehearsal-event.js';
import { rehearse } from '../../src/rehearsal/rehearse.js';
import type { Scenario } from '../../src/rehearsal/scenario-schema.js';
import { simulatedClock } from '../../src/rehearsal/simulated-clock.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { openDatabase } from '../../src/store/database.js';
import { createTestDatabase } from '../support/database.js';
import { instant, PATHS, shippedDefinitions } from '../support/engine.js';

const machineNow = () => instantFromMs(Date.now());

export function shippedScheme() {
  const [scheme] = shippedDefinitions().schemes;
  if (scheme === undefined) throw new Error('no scheme is shipped');
  return scheme;
}

export function shippedSurroundings() {
  const scheme = shippedScheme();
  return { scheme, rulebook: shippedDefinitions().catalog.rulebook(scheme.rulebook) };
}

export function scenarioDocument(): unknown {
  return JSON.parse(readFileSync(`${PATHS.scenarios}/s3-4alpclusters.json`, 'utf8'));
}

export function shippedScenario(): Scenario {
  const judged = judgeScenario(scenarioDocument(), shippedSurroundings());
  if ('problems' in judged) throw new Error(JSON.stringify(judged.problems, null, 2));
  return judged.scenario;
}

/** Plays a scenario on a database of its own, and gives what was told. */
export async function runRehearsal(
  scenario: Scenario,
  emit: (event: RehearsalEvent) => void = () => undefined,
): Promise<readonly RehearsalEvent[]> {
  const { catalog, render } = shippedDefinitions();
  const created = await createTestDatabase();
  const database = await openDatabase(created.url);
  const clock = simulatedClock(instant('2016-01-01T00:00:00Z'));
  const deps = { database, catalog, clock, newId: countingIds() };
  const sender = makeInlineSender({
    engine: deps,
    render,
    mailChannel: makeMailboxChannel(async () => undefined),
  });
  const events: RehearsalEvent[] = [];
  try {
    await rehearse(deps, scenario, shippedScheme(), {
      emit(event) {
        events.push(event);
        emit(event);
      },
      async drain() {
        for (;;) {
          const relay = { database, clock, sender, machineNow };
          const { timersFired, effectsSent } = await drainOnce(relay, { sweep: false });
          if (timersFired + effectsSent === 0) return;
        }
      },
    });
  } finally {
    await database.close();
    await created.drop();
  }
  return events;
}
