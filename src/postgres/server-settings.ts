/** The role that owns everything in the embedded server. */
export const SUPERUSER = 'cordata';
/** The database that Cordata lives in. */
export const DATABASE = 'cordata';
/** The server listens here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

/** Sized for one API, one worker and their queues on a small machine. */
const SMALL = {
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  autovacuum_max_workers: '2',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
};

/** A crash may lose everything: for tests, whose data nobody wants back. */
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

const COMMON = {
  listen_addresses: LOOPBACK,
  // Socket paths are limited to 107 bytes and a clone may lie deep; TCP has no such limit.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  logging_collector: 'off',
};

/**
 * The server's arguments. Settings travel on the command line: an existing data directory follows a change
 * of this file, and nothing is edited inside it.
 *
 * @param port a free TCP port
 * @param durable whether a committed transaction survives a crash
 */
export function serverArguments(cluster: string, port: number, durable: boolean): string[] {
  const settings = { ...COMMON, ...SMALL, ...(durable ? {} : NOT_DURABLE) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, '-p', String(port), ...flags];
}

/** The address of a database on the embedded server. */
export function databaseUrl(port: number, secret: string, database: string): string {
  return `postgres://${SUPERUSER}:${secret}@${LOOPBACK}:${port}/${database}`;
}
