import { readFileSync } from 'node:fs';

/**
 * A process as it can be recognised later. A pid alone can be given to another process (in a container
 * that restarts it usually is), so the start time goes with it.
 */
export interface ProcessMark {
  readonly pid: number;
  /** Start of the process in clock ticks since boot; '0' where the system does not tell (not Linux). */
  readonly startedTicks: string;
}

/** Position of the state and of the start time in /proc/PID/stat, counted after the command's bracket. */
const STAT_STATE = 0;
const STAT_STARTED = 19;

/** The mark of a running process, or null when there is none with this pid (a zombie counts as none). */
export function markOf(pid: number): ProcessMark | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another account.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
  }
  if (process.platform !== 'linux') return { pid, startedTicks: '0' };
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[STAT_STATE] === 'Z' || fields[STAT_STATE] === 'X') return null;
    return { pid, startedTicks: fields[STAT_STARTED] ?? '0' };
  } catch {
    return null;
  }
}

/** Whether the very process that left this mark still runs. */
export function isAlive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.startedTicks === mark.startedTicks;
}

/** The mark of this process as a file name, `PID-TICKS`. */
export function ownMarkName(): string {
  return `${process.pid}-${markOf(process.pid)?.startedTicks ?? '0'}`;
}

/** Reads a name written by `ownMarkName`, with or without a suffix after a dot; null when it is none. */
export function parseMarkName(name: string): ProcessMark | null {
  const match = /^(\d+)-(\d+)(\.|$)/.exec(name);
  return match?.[1] && match[2] ? { pid: Number(match[1]), startedTicks: match[2] } : null;
}
