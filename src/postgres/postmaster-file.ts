import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { markOf } from './process-mark.js';

/** What `postmaster.pid` says about the server of a data directory. */
export interface Postmaster {
  readonly pid: number;
  /** TCP port on the loopback address. */
  readonly port: number;
  /** Whether it takes connections; false while it starts, recovers or stops. */
  readonly ready: boolean;
}

/** Lines of postmaster.pid, in PostgreSQL's order (miscadmin.h). */
const LINE_PID = 0;
const LINE_PORT = 3;
const LINE_STATUS = 7;

/** The path of the file PostgreSQL keeps while it runs. */
export function postmasterFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** The content of `postmaster.pid`, or null when there is none or it is still being written. */
export function readPostmaster(cluster: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(postmasterFile(cluster), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[LINE_PID]);
  const port = Number(lines[LINE_PORT]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return {
    pid,
    port: Number.isInteger(port) ? port : 0,
    ready: lines[LINE_STATUS]?.trim() === 'ready',
  };
}

/**
 * Whether this pid is the server of this data directory. After a crash the pid may belong to any other
 * process (in a restarted container it often does), and PostgreSQL would then refuse to start.
 */
export function isServerOf(cluster: string, pid: number): boolean {
  if (markOf(pid) === null) return false;
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') return workingFolderIs(cluster, pid) ?? commandNames(cluster, pid);
  try {
    const name = execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' });
    return /postgres\s*$/.test(name);
  } catch {
    return false;
  }
}

/** Null when the system does not tell: root without CAP_SYS_PTRACE (most containers) may not look. */
function workingFolderIs(cluster: string, pid: number): boolean | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return null;
  }
}

function commandNames(cluster: string, pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const named = words[words.indexOf('-D') + 1] ?? '';
    return realpathSync(named) === realpathSync(cluster);
  } catch {
    return false;
  }
}
