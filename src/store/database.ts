import { setTimeout as sleep } from 'node:timers/promises';
import { IsolationLevel, MikroORM } from '@mikro-orm/postgresql';
import { namingUnreachable, reaching } from './database-unreachable.js';
import { ormOptions } from './orm-options.js';
import { writeJournal } from './journal.js';
import type { Tx } from './tx.js';

/** The only door to PostgreSQL. */
export interface Database {
  /**
   * Runs `work` in one READ COMMITTED transaction, and writes down what it has changed of each cycle; a deadlock or a lost serialisation is tried again. Throws
   * `database.unreachable` when the connection cannot be made or is lost, as `read` does, and `database.full` when the
   * server has no room left to write.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` on one unchanging picture of the data (REPEATABLE READ, read only). */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same on the tables of another schema, and of no other: every transaction begins with it alone in its search
   * path. What is written there may be lost when the server crashes. It shares these connections and is not closed.
   */
  within(schema: string): Database;
  /** Throws `database.unreachable` when no query gets through. */
  ping(): Promise<void>;
  /** Waits for what is running, for a while, and closes the connections. */
  close(): Promise<void>;
}

const TRANSACT_ATTEMPTS_MAX = 3;
/** SQLSTATE: deadlock_detected, serialization_failure. Nothing was written, so the work can run again. */
const RETRYABLE_SQLSTATES = new Set(['40P01', '40001']);
const CLOSE_DEADLINE_MS = 10_000;

/** Opens the database at `url` (`postgres://...`); it must be migrated (see `migrateDatabase`). */
export async function openDatabase(url: string): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(url));
  const running = new Set<Promise<unknown>>();
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };
  const transactions = (begin: (tx: Tx) => Promise<void>): Pick<Database, 'transact' | 'read'> => ({
    transact: (work) =>
      counted(
        namingUnreachable(url, () =>
          retrying(() =>
            orm.em.fork().transactional(async (em) => {
              await begin(em as Tx);
              return journaled(em as Tx, work);
            }),
          ),
        ),
      ),
    read: (work) =>
      counted(
        namingUnreachable(url, () =>
          orm.em.fork().transactional(
            async (em) => {
              await begin(em as Tx);
              return work(em as Tx);
            },
            { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
          ),
        ),
      ),
  });
  const ping = (): Promise<void> => counted(reaching(url, () => orm.em.fork().execute('select 1')));
  const within = (schema: string): Database => ({
    ...transactions((tx) => searchOnly(tx, schema)),
    within,
    ping,
    close: async () => {},
  });
  return {
    ...transactions(async () => {}),
    within,
    ping,
    async close() {
      // A pool that is closed while it opens a connection never answers: so nothing may be under way, and if
      // something is and stays so, the process does not wait for it.
      const deadline = sleep(CLOSE_DEADLINE_MS, undefined, { ref: false });
      await Promise.race([Promise.allSettled(running), deadline]);
      await Promise.race([orm.close(true), deadline]);
    },
  };
}

/** For this transaction alone: at its end the connection goes back to the pool as it was. */
async function searchOnly(tx: Tx, schema: string): Promise<void> {
  await tx.execute(
    "select set_config('search_path', ?, true), set_config('synchronous_commit', 'off', true)",
    [`"${schema}"`],
  );
}

/** The work, and then what it has noted, in the same transaction. */
async function journaled<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await work(tx);
  await writeJournal(tx);
  return result;
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

function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
