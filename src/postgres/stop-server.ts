import { setTimeout as sleep } from 'node:timers/promises';
import { clusterDir } from './data-directory.js';
import { binaryPath } from './native-files.js';
import { isServerOf, readPostmaster } from './postmaster-file.js';
import { runProgram } from './run-program.js';
import type { ServerAccount } from './server-account.js';
import { runningPostmaster } from './server-process.js';

/** A fast stop writes a checkpoint; after this many ms without an end the server is cut off (it recovers). */
const FAST_STOP_WAIT_MS = 60_000;
const IMMEDIATE_STOP_WAIT_MS = 10_000;
const STOP_POLL_MS = 5;

/** Stops the server of this data directory if it runs: connections are ended, committed work is kept. */
export async function stopServer(account: ServerAccount): Promise<void> {
  const running = runningPostmaster(account);
  if (running === null) return;
  await signal(account, running.pid, 'SIGINT');
  if (await gone(account, running.pid, FAST_STOP_WAIT_MS)) return;
  await signal(account, running.pid, 'SIGQUIT');
  await gone(account, running.pid, IMMEDIATE_STOP_WAIT_MS);
}

async function signal(account: ServerAccount, pid: number, name: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no signals: process.kill would cut the server off; pg_ctl asks it over its own pipe.
    const mode = name === 'SIGINT' ? 'fast' : 'immediate';
    const args = ['stop', '-W', '-m', mode, '-D', clusterDir(account.dataDir)];
    await runProgram(account.command(binaryPath(account.nativeDir, 'pg_ctl'), args), account.dataDir);
    return;
  }
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}

/** The server removes its pid file last; the process itself may stay as a zombie of a parent that never waits. */
async function gone(account: ServerAccount, pid: number, waitMs: number): Promise<boolean> {
  const cluster = clusterDir(account.dataDir);
  const deadline = Date.now() + waitMs;
  while (Date.now() < deadline) {
    if (readPostmaster(cluster)?.pid !== pid || !isServerOf(cluster, pid)) return true;
    await sleep(STOP_POLL_MS);
  }
  return false;
}
