import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterDir } from './data-directory.js';
import { binaryPath } from './native-files.js';
import { isServerOf, postmasterFile, readPostmaster, type Postmaster } from './postmaster-file.js';
import { PostgresStartError } from './postgres-start-error.js';
import { serverEnvironment } from './run-program.js';
import type { ServerAccount } from './server-account.js';
import { LOOPBACK, serverArguments } from './server-settings.js';

/** Time for start and recovery, in ms; recovery after a crash replays at most `max_wal_size`. */
const READY_WAIT_MS = 120_000;
const READY_POLL_MS = 10;
/** A new server waits for the killed one's last backends and may lose its port to another program. */
const START_ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 250;
const RETRYABLE =
  /shared memory block .* is still in use|could not bind|could not create any TCP\/IP sockets/;
/** The log starts afresh above this size; one older log is kept. */
const LOG_BYTES_MAX = 5_000_000;

/** The server's own log, inside the data directory. */
export function serverLogFile(dataDir: string): string {
  return join(dataDir, 'server.log');
}

/** The running server of this data directory, also one that still starts; null when there is none. */
export function runningPostmaster(account: ServerAccount): Postmaster | null {
  const found = readPostmaster(clusterDir(account.dataDir));
  return found !== null && isServerOf(clusterDir(account.dataDir), found.pid) ? found : null;
}

/**
 * Starts a server on a free port and waits until it takes connections; call it under the start lock, when
 * no server runs here.
 *
 * Errors: `postgres.start-failed` with the server's last words.
 */
export async function launchServer(account: ServerAccount, durable: boolean): Promise<Postmaster> {
  // Its process is gone (the caller looked), and its pid may be another's by now: the server would give up.
  rmSync(postmasterFile(clusterDir(account.dataDir)), { force: true });
  rotateLog(serverLogFile(account.dataDir));
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await launchOnce(account, durable);
    if (typeof outcome !== 'string') return outcome;
    if (attempt === START_ATTEMPTS || !RETRYABLE.test(outcome)) {
      const log = serverLogFile(account.dataDir);
      const reason = outcome.split('\n').find((line) => line.includes('FATAL')) ?? outcome.slice(-200);
      throw new PostgresStartError(
        'postgres.start-failed',
        `the embedded PostgreSQL did not start: ${reason.replace(/^.*FATAL:\s*/, '').trim() || 'no reason given'} (log: ${log})`,
        { log, output: outcome },
      );
    }
    await sleep(ATTEMPT_PAUSE_MS);
  }
}

/** One attempt; a string is what the server wrote before it gave up. */
async function launchOnce(account: ServerAccount, durable: boolean): Promise<Postmaster | string> {
  const log = serverLogFile(account.dataDir);
  const cluster = clusterDir(account.dataDir);
  const { file, args, options } = account.command(
    binaryPath(account.nativeDir, 'postgres'),
    serverArguments(cluster, await freePort(), durable),
  );
  const logHandle = openSync(log, 'a', 0o600);
  const logStart = statSync(log).size;
  const child = spawn(file, args, {
    ...options,
    cwd: account.dataDir,
    env: serverEnvironment(),
    // A group of its own: Ctrl-C must reach Cordata first, which closes its connections and then the server.
    detached: true,
    stdio: ['ignore', logHandle, logHandle],
    windowsHide: true,
  });
  closeSync(logHandle);
  child.unref();
  const failure = await waitUntilReady(cluster, child);
  if (failure === null) {
    const ready = readPostmaster(cluster);
    if (ready !== null) return ready;
  }
  return `${failure ?? ''}${(await readFile(log)).subarray(logStart).toString('utf8')}`;
}

/** Null when the child takes connections; else why not. */
async function waitUntilReady(cluster: string, child: ChildProcess): Promise<string | null> {
  let failure: string | null = null;
  child.once('error', (error) => (failure = `${error.message}\n`));
  child.once('exit', () => (failure ??= ''));
  const deadline = Date.now() + READY_WAIT_MS;
  while (failure === null) {
    const found = readPostmaster(cluster);
    if (found?.ready && found.pid === child.pid) return null;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      failure = `not ready after ${READY_WAIT_MS / 1000} s\n`;
    }
    await sleep(READY_POLL_MS);
  }
  return failure;
}

/** A TCP port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, LOOPBACK, () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function rotateLog(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(log, `${log}.1`);
}
