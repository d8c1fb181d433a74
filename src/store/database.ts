import { defineConfig, IsolationLevel, MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { DomainError } from '../core/terms/domain-error.js';
import { entities } from './entities.js';
import { MigrationFoundation } from './migrations/migration-0001-foundation.js';
import type { Tx } from './tx.js';

/** The only door to PostgreSQL. */
export interface Database {
  /** Runs `work` in one READ COMMITTED transaction; a deadlock or a lost serialisation is tried again. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` on one unchanging picture of the data (REPEATABLE READ, read only). */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws `database.unreachable` when no query gets through. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const TRANSACT_ATTEMPTS_MAX = 3;
const POOL_CONNECTIONS_MAX = 16;
const CONNECT_TIMEOUT_MS = 5_000;
/** SQLSTATE: deadlock_detected, serialization_failure. Nothing was written, so the work can run again. */
const RETRYABLE_SQLSTATES = new Set(['40P01', '40001']);

function options(url: string) {
  return defineConfig({
    clientUrl: url,
    entities: [...entities],
    extensions: [Migrator],
    migrations: {
      tableName: 'schema_migrations',
      snapshot: false,
      silent: true,
      migrationsList: [{ name: 'migration-0001-foundation', class: MigrationFoundation }],
    },
    // No ambient context: whoever needs a transaction is handed it.
    allowGlobalContext: false,
    discovery: { warnWhenNoEntities: true },
    pool: { min: 0, max: POOL_CONNECTIONS_MAX },
    driverOptions: { connectionTimeoutMillis: CONNECT_TIMEOUT_MS },
    forceUtcTimezone: true,
    debug: false,
  });
}

function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const state = sqlState(error);
      if (attempt >= TRANSACT_ATTEMPTS_MAX || state === undefined || !RETRYABLE_SQLSTATES.has(state))
        throw error;
    }
  }
}

/** Opens the database at `url` (`postgres://...`); it must be migrated (see `migrateDatabase`). */
export async function openDatabase(url: string): Promise<Database> {
  const orm = await MikroORM.init(options(url));
  return {
    transact: (work) => retrying(() => orm.em.fork().transactional((em) => work(em as Tx))),
    read: (work) =>
      orm.em.fork().transactional((em) => work(em as Tx), {
        isolationLevel: IsolationLevel.REPEATABLE_READ,
        readOnly: true,
      }),
    async ping() {
      try {
        await orm.em.fork().execute('select 1');
      } catch (error) {
        throw new DomainError('database.unreachable', { reason: String(error) }, 'later');
      }
    },
    close: () => orm.close(true),
  };
}

/** Brings the schema of the database at `url` up to date; safe to run from several processes at once. */
export async function migrateDatabase(url: string): Promise<void> {
  const orm = await MikroORM.init(options(url));
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}
