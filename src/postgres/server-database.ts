import { Client, DatabaseError } from 'pg';
import { DATABASE, databaseUrl } from './server-settings.js';

/** How long one connection may take on the loopback address, in ms. */
const CONNECT_WAIT_MS = 10_000;
const DUPLICATE_DATABASE = '42P04';

/**
 * Signs in and makes the `cordata` database unless it is there.
 *
 * @returns the data directory the server itself names
 * Errors: those of the connection (refused, wrong password).
 */
export async function ensureDatabase(port: number, secret: string): Promise<string> {
  const client = new Client({
    connectionString: databaseUrl(port, secret, 'postgres'),
    connectionTimeoutMillis: CONNECT_WAIT_MS,
  });
  // A server that dies meanwhile makes the pending query fail; this event must not end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await createDatabase(client);
    const answer = await client.query<{ data_directory: string }>('show data_directory');
    return answer.rows[0]?.data_directory ?? '';
  } finally {
    await client.end();
  }
}

async function createDatabase(client: Client): Promise<void> {
  try {
    await client.query(`create database ${DATABASE}`);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === DUPLICATE_DATABASE)) throw error;
  }
}
