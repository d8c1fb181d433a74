import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import './typescript-hook.mjs';

/** @type {{ server: { stop(): Promise<void> } | null, leftovers: string, url: string, prefix: string } | null} */
let running = null;

/**
 * Starts the run's server (or takes TEST_DATABASE_URL) and makes the migrated template. The tests find both
 * through CORDATA_TEST_SERVER_URL and CORDATA_TEST_DATABASE_PREFIX: see database.ts.
 */
export async function startTestServer() {
  const prefix = `cordata_test_${randomBytes(4).toString('hex')}`;
  const outside = process.env.TEST_DATABASE_URL;
  running = outside
    ? { server: null, leftovers: '', url: outside, prefix }
    : { ...(await startEmbedded()), prefix };
  process.env.CORDATA_TEST_SERVER_URL = running.url;
  process.env.CORDATA_TEST_DATABASE_PREFIX = prefix;

  const template = `${prefix}_template`;
  await onServer(running.url, (client) => client.query(`create database ${template}`));
  const { migrateDatabase } = await import('./prepare-template.ts');
  const templateUrl = new URL(running.url);
  templateUrl.pathname = `/${template}`;
  await migrateDatabase(templateUrl.href);
}

/** Stops the embedded server and removes its files, or drops what the run left on the outside server. */
export async function stopTestServer() {
  if (running === null) return;
  const { server, leftovers, url, prefix } = running;
  running = null;
  if (server === null) {
    await onServer(url, (client) => dropDatabases(client, prefix));
    return;
  }
  await server.stop();
  await rm(leftovers, { recursive: true, force: true });
}

async function startEmbedded() {
  const given = process.env.CORDATA_TEST_RUN_DIR;
  const runDir = given ?? (await mkdtemp(join(tmpdir(), 'cordata-test-')));
  // As root the server runs as `nobody`, who must be able to pass.
  await chmod(runDir, 0o711);
  const { startEmbeddedPostgres } = await import('../../src/postgres/embedded-postgres.ts');
  const dataDir = join(runDir, 'postgres');
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  return { server, leftovers: given ? dataDir : runDir, url: server.url };
}

async function onServer(url, work) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function dropDatabases(client, prefix) {
  const found = await client.query('select datname from pg_database where starts_with(datname, $1)', [
    prefix,
  ]);
  for (const { datname } of found.rows) await client.query(`drop database if exists ${datname} with (force)`);
}
