import { instantFromMs, type Instant } from '../core/terms/instant.js';
import { movableClock, systemClock } from '../engine/clock/clocks.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { shadowedDrafts } from '../engine/rules/shadowed-drafts.js';
import { openDatabase } from '../store/database.js';
import { migrateDatabase } from '../store/migrate-database.js';
import { databaseClockMs } from '../store/server-health-store.js';
import type { Tx } from '../store/tx.js';
import type { Settings } from '../settings/settings.js';
import { openDatabaseServer } from './database-server.js';
import { loadDefinitions, type Definitions } from './definitions.js';
import { makeForkTheatre } from './fork-theatre.js';
import { newId } from './new-id.js';
import type { Progress } from './progress.js';
import { makeWorkshop } from './workshop.js';

/** A program that is ready to work: definitions judged, database migrated, engine at hand. */
export interface Runtime {
  readonly settings: Settings;
  readonly definitions: Definitions;
  readonly engine: EngineDeps;
  /** Address of the database, the embedded one included. */
  readonly databaseUrl: string;
  /** The database server's time, which nobody moves. */
  readonly machineNow: (tx: Tx) => Promise<Instant>;
  close(): Promise<void>;
}

/**
 * Brings everything up in order, and takes down what was up when a later step fails.
 *
 * @throws DomainError `definition.invalid`, `definition.unreadable`, `database.unreachable`; PostgresStartError
 */
export async function openRuntime(settings: Settings, progress: Progress): Promise<Runtime> {
  const definitions = await progress.step('definitions', async () => loadDefinitions(settings.paths));
  const server = await progress.step('database', () => openDatabaseServer(settings, progress));
  try {
    await progress.step('migrations', () => migrateDatabase(server.url));
    const database = await openDatabase(server.url);
    const clock = settings.mode === 'development' ? movableClock(Date.now) : systemClock(Date.now);
    const shared = {
      database,
      catalog: definitions.catalog,
      workshop: makeWorkshop(definitions, settings.rulebookCoverageMin),
    };
    const engine: EngineDeps = {
      ...shared,
      clock,
      newId,
      forks: makeForkTheatre(shared, definitions.render),
      shadows: (tx, rulebookId) => shadowedDrafts(engine, tx, rulebookId),
    };
    return {
      settings,
      definitions,
      engine,
      databaseUrl: server.url,
      machineNow: async (tx) => instantFromMs(await databaseClockMs(tx)),
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
