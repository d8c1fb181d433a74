import { defineConfig, IsolationLevel, MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { DomainError } from '../core/terms/domain-error.js';
import { isConnectionFailure } from './connection-failure.js';
import { entities } from './entities.js';
import { MigrationFoundation } from './migrations/migration-0001-foundation.js';
import type { Tx } from './tx.js';

/** The only door to PostgreSQL. */
export interface Database {
  /**
   * Runs `work` in one READ COMMITTED transaction; a deadlock or a lost serialisation is tried again. Throws
   * `database.unreachable` when the connection cannot be made or is lost, as `read` does.
   */
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

/** A PostgreSQL that is older lacks what the tables and queries use. */
const SERVER_VERSION_MIN = 140_000;
/** Any number that nobody else uses: whoever migrates holds it as an advisory lock. */
const MIGRATION_LOCK = 7_203_316_014;

/** Opens the database at `url` (`postgres://...`); it must be migrated (see `migrateDatabase`). */
export async function openDatabase(url: string): Promise<Database> {
  const orm = await MikroORM.init(options(url));
  return {
    transact: (work) =>
      naming(url, () => retrying(() => orm.em.fork().transactional((em) => work(em as Tx)))),
    read: (work) =>
      naming(url, () =>
        orm.em.fork().transactional((em) => work(em as Tx), {
          isolationLevel: IsolationLevel.REPEATABLE_READ,
          readOnly: true,
        }),
      ),
    async ping() {
      await reaching(url, () => orm.em.fork().execute('select 1'));
    },
    close: () => orm.close(true),
  };
}

/**
 * Brings the schema of the database at `url` up to date; of several processes at once one does it and the others
 * wait.
 *
 * @throws DomainError `database.unreachable` when there is no such server or database, it refuses the login, or
 *   it is older than PostgreSQL 14
 */
export async function migrateDatabase(url: string): Promise<void> {
  const orm = await MikroORM.init(options(url));
  try {
    await reaching(url, () => requireVersion(orm));
    await orm.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      await orm.migrator.up();
    });
  } finally {
    await orm.close(true);
  }
}

async function requireVersion(orm: MikroORM): Promise<void> {
  const [row] = await orm.em
    .fork()
    .execute<{ version: string }[]>("select current_setting('server_version_num') as version");
  const version = Number(row?.version ?? 0);
  if (version < SERVER_VERSION_MIN) {
    throw new Error(`PostgreSQL 14 or newer is needed, this is ${Math.floor(version / 10_000)}`);
  }
}

async function reaching(url: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** Gives a failure of the connection its name; every other failure stays what it is. */
async function naming<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isConnectionFailure(error) ? unreachable(url, error) : error;
  }
}

function unreachable(url: string, error: unknown): DomainError {
  const { host, pathname } = new URL(url);
  return new DomainError(
    'database.unreachable',
    { server: `${host}${pathname}`, reason: reasonOf(error) },
    'later',
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection comes as a bundle of one error per address, without a message of its own.
  if (error instanceof AggregateError) return error.errors.map((each: unknown) => reasonOf(each)).join('; ');
  return error.message === '' ? error.name : error.message;
}
