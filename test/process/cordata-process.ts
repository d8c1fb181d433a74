import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Only a guard against a process that hangs; no test measures it. */
const START_GUARD_MS = 60_000;

export interface Tokens {
  readonly coordinator: string;
  readonly administrator: string;
  readonly administrator2: string;
  readonly auditor: string;
  readonly authorities: Readonly<Record<string, string>>;
}

/** The built program as a process of its own. */
export interface CordataProcess {
  readonly address: string;
  readonly tokens: Tokens;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends a signal that does not end it, as SIGSTOP and SIGCONT. */
  signal(name: NodeJS.Signals): void;
  /** Sends a signal and resolves with the exit code once it has ended; null when the signal killed it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** How a process that did not become ready has ended. */
export interface EndedProcess {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A folder for the data of a process; as root the database server runs as another user, who must pass. */
export function makeDataDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cordata-process-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Starts the program and waits until it says that it is ready. Below a shell, as npm starts it, a signal reaches
 * the shell and not the program.
 */
export async function startProcess(
  environment: Readonly<Record<string, string>>,
  program = 'main.js',
  below: 'nothing' | 'shell' = 'nothing',
): Promise<CordataProcess> {
  const started = await launch(environment, program, below);
  if ('exitCode' in started) throw new Error(`it ended with ${started.exitCode}:\n${started.output}`);
  return started;
}

/** Starts the program where it cannot run, and waits for its end. */
export async function startInVain(environment: Readonly<Record<string, string>>): Promise<EndedProcess> {
  const started = await launch(environment, 'main.js', 'nothing');
  if ('exitCode' in started) return started;
  await started.end('SIGKILL');
  throw new Error(`it started:\n${started.output()}`);
}

async function launch(
  environment: Readonly<Record<string, string>>,
  program: string,
  below: 'nothing' | 'shell',
): Promise<CordataProcess | EndedProcess> {
  const file = join(ROOT, 'dist', program);
  // The `:` keeps the shell from handing its own process over to the program.
  const [command, args] =
    below === 'shell' ? ['sh', ['-c', `"${process.execPath}" "${file}"; :`]] : [process.execPath, [file]];
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  const ready = new Promise<string | null>((resolve) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const address = /ready at (http:\S+)/.exec(output)?.[1];
      if (address !== undefined && output.includes('Ctrl-C')) resolve(address);
      if (output.includes('the worker is running')) resolve('');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => resolve(null));
  });
  const guard = setTimeout(() => child.kill('SIGKILL'), START_GUARD_MS);
  const address = await ready;
  clearTimeout(guard);
  if (address === null) return { exitCode: await ended, output };
  return running(child, {
    address,
    ended,
    output: () => output,
    dataDir: environment['CORDATA_DATA_DIR'] ?? '',
  });
}

function running(
  child: ChildProcess,
  about: { address: string; ended: Promise<number | null>; output: () => string; dataDir: string },
): CordataProcess {
  return {
    address: about.address,
    tokens: JSON.parse(readFileSync(join(about.dataDir, 'tokens.json'), 'utf8')) as Tokens,
    output: about.output,
    signal: (name) => void child.kill(name),
    async end(signal) {
      child.kill(signal);
      return about.ended;
    },
  };
}
