import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/postgres/embedded-postgres.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';

/** A PostgreSQL of one test file, which survives a crash as a real one does, and may be crashed. */
export interface OwnServer {
  /** Of the server as it runs now: another one after a restart. */
  port(): number;
  /** Address of a database, past any proxy. */
  urlOf(database: string): string;
  /** A new database with the full schema and nothing in it. */
  makeDatabase(name: string): Promise<void>;
  /** `pg_ctl stop -m immediate`: no checkpoint, no farewell to the clients. */
  stopImmediately(): Promise<void>;
  start(): Promise<void>;
  isRunning(): boolean;
  /** Ends the server and removes its files. */
  remove(): Promise<void>;
}

const POLL_MS = 20;
/** Only a guard: an immediate stop takes milliseconds. */
const STOP_GUARD_MS = 60_000;
const TEMPLATE = 'ready_made';

/** @param folder where its files go, which must be there; absent: a new temporary folder */
export async function startOwnServer(folder?: string): Promise<OwnServer> {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'cordata-faults-'));
  // As root the server runs as another user, who must be able to pass.
  chmodSync(home, 0o711);
  const dataDir = join(home, 'postgres');
  const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
  const handles: EmbeddedPostgres[] = [];
  const start = async (): Promise<void> => {
    handles.push(await startEmbeddedPostgres({ dataDir, durable: true }));
  };
  const current = (): URL => new URL(handles.at(-1)?.url ?? '');
  const urlOf = (database: string): string => {
    const url = current();
    url.pathname = `/${database}`;
    return url.href;
  };
  const pidOf = (): number | null => {
    try {
      return Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    } catch {
      return null;
    }
  };
  const isRunning = (): boolean => {
    const pid = pidOf();
    try {
      return pid !== null && process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const onServer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await start();
  await onServer(`create database ${TEMPLATE}`);
  await migrateDatabase(urlOf(TEMPLATE));
  return {
    port: () => Number(current().port),
    urlOf,
    makeDatabase: (name) => onServer(`create database ${name} template ${TEMPLATE}`),
    isRunning,
    start,
    async stopImmediately() {
      const pid = pidOf();
      if (pid !== null) process.kill(pid, 'SIGQUIT');
      const deadline = Date.now() + STOP_GUARD_MS;
      while (isRunning()) {
        if (Date.now() > deadline) throw new Error('the server did not stop');
        await sleep(POLL_MS);
      }
    },
    async remove() {
      for (const handle of handles) await handle.stop();
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
