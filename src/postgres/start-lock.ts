import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresStartError } from './postgres-start-error.js';
import { isAlive, ownMarkName, parseMarkName } from './process-mark.js';

/** How long one process waits for another to finish starting or stopping the server, in ms. */
const LOCK_WAIT_MS = 120_000;
const LOCK_POLL_MS = 20;

/**
 * Runs `work` while this process alone may start or stop the server of `dataDir`. The lock is a folder that
 * holds its owner's mark; a folder whose owner died is removed.
 *
 * Errors: `postgres.busy` after `LOCK_WAIT_MS`; whatever `work` throws.
 */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dataDir, 'lock');
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!(await tryTake(dataDir, lock))) {
    if (await removeIfAbandoned(dataDir, lock)) continue;
    if (Date.now() > deadline) {
      throw new PostgresStartError(
        'postgres.busy',
        `another process has been starting the database for ${LOCK_WAIT_MS / 1000} s; if none does, remove ${lock}`,
        { lock },
      );
    }
    await sleep(LOCK_POLL_MS);
  }
  try {
    return await work();
  } finally {
    await discard(dataDir, lock);
  }
}

/** A folder is renamed into place with its mark inside: there is no moment in which the lock has no owner. */
async function tryTake(dataDir: string, lock: string): Promise<boolean> {
  const prepared = join(dataDir, `lock.${randomUUID()}`);
  await mkdir(prepared);
  await writeFile(join(prepared, ownMarkName()), '');
  try {
    await rename(prepared, lock);
    return true;
  } catch {
    await rm(prepared, { recursive: true, force: true });
    return false;
  }
}

async function ownerName(lock: string): Promise<string | null> {
  const names = await readdir(lock).catch(() => []);
  return names[0] ?? null;
}

async function removeIfAbandoned(dataDir: string, lock: string): Promise<boolean> {
  const name = await ownerName(lock);
  const mark = name === null ? null : parseMarkName(name);
  if (mark === null || isAlive(mark)) return false;
  const aside = join(dataDir, `lock.${randomUUID()}`);
  if (!(await moved(lock, aside))) return true;
  // Between the look and the move another process may have replaced the dead lock with its own: give it back.
  if ((await ownerName(aside)) !== name && (await moved(aside, lock))) return false;
  await rm(aside, { recursive: true, force: true });
  return true;
}

async function discard(dataDir: string, lock: string): Promise<void> {
  const aside = join(dataDir, `lock.${randomUUID()}`);
  if (await moved(lock, aside)) await rm(aside, { recursive: true, force: true });
}

async function moved(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}
