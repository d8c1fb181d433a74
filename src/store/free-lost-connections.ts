import type { Pool, PoolClient } from 'pg';

/** Time for whoever holds a lost connection to give it back himself; then it is taken from him. */
const GRACE_MS = 1_000;

/**
 * Takes lost connections out of the pool that nobody gives back.
 *
 * Kysely holds the connection of a transaction until a `commit` or `rollback` has succeeded, and after a failed
 * `begin` for ever. On a connection that the server has cut neither can succeed: each crash of the server in the
 * middle of transactions would use up a part of the pool, until every request waits in vain for the rest of the
 * process's life.
 */
export function freeLostConnections(pool: Pool): void {
  /** How often each connection was handed out, while somebody holds it. */
  const held = new Map<PoolClient, number>();
  let turns = 0;
  pool.on('acquire', (client) => {
    turns += 1;
    held.set(client, turns);
  });
  pool.on('release', (_error, client) => void held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      const turn = held.get(client);
      if (turn === undefined) return;
      const take = (): void => {
        if (held.get(client) === turn) client.release(true);
      };
      setTimeout(take, GRACE_MS).unref();
    });
  });
}
