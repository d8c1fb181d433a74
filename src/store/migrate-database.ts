import { MikroORM } from '@mikro-orm/postgresql';
import { reaching } from './database-unreachable.js';
import { ormOptions } from './orm-options.js';

/** A PostgreSQL that is older lacks what the tables and queries use. */
const SERVER_VERSION_MIN = 140_000;
/** Any number that nobody else uses: whoever migrates holds it as an advisory lock. */
const MIGRATION_LOCK = 7_203_316_014;

/**
 * Brings the schema of the database at `url` up to date; of several processes at once one does it and the others
 * wait.
 *
 * @throws DomainError `database.unreachable` when there is no such server or database, it refuses the login, or
 *   it is older than PostgreSQL 14
 */
export async function migrateDatabase(url: string): Promise<void> {
  const orm = await MikroORM.init(ormOptions(url));
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
