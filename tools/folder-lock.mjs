import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than any install on a slow line, in ms. */
const WAIT_MS = 15 * 60_000;
const POLL_MS = 100;
/** Positions of state and start time in /proc/PID/stat, counted after the command's bracket. */
const STAT_STATE = 0;
const STAT_STARTED = 19;

/**
 * Takes the lock folder `path` and gives back its handle: `release()`, and `share(pid)` for a child that may
 * outlive this process. The folder holds one file for each holder, named by its pid and start time; when all
 * of them have died it is removed.
 *
 * @param onWait called once, with the holder's pid, when another process holds the lock
 */
export async function takeLock(path, onWait) {
  const deadline = Date.now() + WAIT_MS;
  let told = false;
  for (;;) {
    if (tryTake(path)) {
      return { share: (pid) => writeFileSync(join(path, markOf(pid)), ''), release: () => discard(path) };
    }
    const holders = holdersOf(path);
    const living = holders.find(isAlive);
    if (holders.length > 0 && living === undefined) {
      removeAbandoned(path, holders);
      continue;
    }
    if (living !== undefined && !told) onWait(living.split('-')[0]);
    told ||= living !== undefined;
    if (Date.now() > deadline) {
      throw new Error(
        `another process has held ${path} for ${WAIT_MS / 60_000} minutes; if none does, remove it`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** The folder is renamed into place with its mark inside: it never stands there without a holder. */
function tryTake(path) {
  const prepared = beside(path);
  mkdirSync(prepared, { recursive: true });
  writeFileSync(join(prepared, markOf(process.pid)), '');
  if (moved(prepared, path)) return true;
  rmSync(prepared, { recursive: true, force: true });
  return false;
}

function removeAbandoned(path, holders) {
  const aside = beside(path);
  if (!moved(path, aside)) return;
  // Another process may have replaced the dead lock with its own since we looked: give it back.
  if (holdersOf(aside).join() !== holders.join() && moved(aside, path)) return;
  rmSync(aside, { recursive: true, force: true });
}

function discard(path) {
  const aside = beside(path);
  if (moved(path, aside)) rmSync(aside, { recursive: true, force: true });
}

function beside(path) {
  return join(dirname(path), `.lock-${randomUUID()}`);
}

function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function holdersOf(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function markOf(pid) {
  return `${pid}-${startedTicks(pid) ?? '0'}`;
}

function isAlive(mark) {
  const [pid, ticks] = mark.split('-');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return (startedTicks(pid) ?? ticks) === ticks;
}

/**
 * When the process started, in clock ticks since boot: a pid alone can be given to another process.
 * 'ended' for one that only waits for its parent to look; null where the system does not tell (not Linux).
 */
function startedTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[STAT_STATE] === 'Z' ? 'ended' : fields[STAT_STARTED];
  } catch {
    return null;
  }
}
