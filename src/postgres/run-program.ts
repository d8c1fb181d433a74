import { execFile } from 'node:child_process';

/** Longest run of a helper program (initdb on a slow disk), in ms. */
const PROGRAM_TIMEOUT_MS = 180_000;

/** A program with its arguments and the account it runs under. */
export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** The end of a program: its exit code (null when it could not run or was killed) and all it printed. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly output: string;
}

/**
 * The environment for PostgreSQL's programs: ours without what would steer them (PGDATA, PGPORT, a locale).
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a short program to its end in `cwd`. Never rejects: a program that cannot run is a `ProgramEnd` too. */
export function runProgram(command: ServerCommand, cwd: string): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const options = {
      ...command.options,
      cwd,
      env: serverEnvironment(),
      timeout: PROGRAM_TIMEOUT_MS,
      windowsHide: true,
    };
    try {
      execFile(command.file, command.args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        const output = `${stdout}${stderr}`.trim();
        resolve({ code, output: code === null ? `${output} ${error?.message ?? ''}`.trim() : output });
      });
    } catch (error) {
      resolve({ code: null, output: String(error) });
    }
  });
}
