import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { binaryPath } from './native-files.js';
import { copyNativeFiles, openFallbackDir } from './native-copy.js';
import { PostgresStartError } from './postgres-start-error.js';
import { runProgram, type ServerCommand } from './run-program.js';

/**
 * PostgreSQL refuses to run as root. The ways to run it nevertheless, in the order they are tried:
 * - `plain`: as ourselves (anyone but root);
 * - `other-user`: as the owner of the data directory or as `nobody`; needs folders everyone may pass;
 * - `user-namespace`: as root seen from outside and `nobody` seen from inside; needs no copy and no folder
 *   rights, but many containers forbid it;
 * - `copied`: as `other-user`, with the binaries (and, where `nobody` cannot come, the data) in /var/tmp.
 */
export type ServerAccountKind = 'plain' | 'other-user' | 'user-namespace' | 'copied';

/** Where and as whom the server runs. */
export interface ServerAccount {
  readonly kind: ServerAccountKind;
  readonly nativeDir: string;
  readonly dataDir: string;
  /** The user and group that must own the data files; null = whoever runs this process, nothing to change. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  readonly command: (file: string, args: readonly string[]) => ServerCommand;
}

/** Where to look for an account. */
export interface AccountSearch {
  /** The installed binaries. */
  readonly nativeDir: string;
  /** Absolute path of the wanted data directory. */
  readonly dataDir: string;
  /** Where `copied` puts what `nobody` cannot reach. */
  readonly fallbackDir: string;
  /** The ways that may be tried, in order; null = all that fit this user. */
  readonly kinds: readonly ServerAccountKind[] | null;
}

/** `nobody` and `nogroup` on Linux; initdb wants a user that the system knows by name. */
const NOBODY = 65534;
const ROOT_KINDS: readonly ServerAccountKind[] = ['other-user', 'user-namespace', 'copied'];

/**
 * Finds the first way in which the server really runs here and reaches its data.
 *
 * Errors: `postgres.no-account` when none works, with what each said.
 */
export async function chooseServerAccount(search: AccountSearch): Promise<ServerAccount> {
  const { nativeDir, dataDir, kinds } = search;
  await mkdir(dirname(dataDir), { recursive: true });
  const asRoot = process.getuid?.() === 0;
  const refusals: Record<string, string> = {};
  for (const kind of kinds ?? (asRoot ? ROOT_KINDS : (['plain'] as const))) {
    const account = await describeAccount(kind, search);
    const refusal = await refusalOf(account);
    if (refusal === null) return account;
    refusals[kind] = refusal;
  }
  throw new PostgresStartError(
    'postgres.no-account',
    asRoot
      ? 'the embedded PostgreSQL cannot run as root here: run Cordata as an ordinary user or set DATABASE_URL'
      : `the embedded PostgreSQL does not run here (${Object.values(refusals).join('; ')}): set DATABASE_URL`,
    { refusals, nativeDir, dataDir },
  );
}

async function describeAccount(kind: ServerAccountKind, search: AccountSearch): Promise<ServerAccount> {
  const { nativeDir, dataDir, fallbackDir } = search;
  if (kind === 'plain') {
    return { kind, nativeDir, dataDir, owner: null, command: (file, args) => ({ file, args, options: {} }) };
  }
  if (kind === 'user-namespace') {
    const prefix = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
    const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    const command = (file: string, args: readonly string[]) => ({
      file: 'unshare',
      args: [...prefix, file, ...args],
      options: {},
    });
    return { kind, nativeDir, dataDir, owner, command };
  }
  const owner = await ordinaryOwner(dataDir);
  const command = (file: string, args: readonly string[]) => ({ file, args, options: owner });
  if (kind === 'other-user') return { kind, nativeDir, dataDir, owner, command };
  await openFallbackDir(fallbackDir);
  const copy = await copyNativeFiles(nativeDir, fallbackDir);
  const account = { kind, nativeDir: copy, dataDir, owner, command };
  if (await canPass(account, dirname(dataDir))) return account;
  if (existsSync(dataDir)) {
    // An empty database elsewhere would look like a loss.
    throw new PostgresStartError(
      'postgres.no-account',
      `the data in ${dataDir} cannot be reached as another user than root: open the folders above it (chmod o+x) or set DATABASE_URL`,
      { dataDir },
    );
  }
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return { ...account, dataDir: join(fallbackDir, `data-${hash}`) };
}

/** An ordinary user who already owns the data keeps it when root starts the server once. */
async function ordinaryOwner(dataDir: string): Promise<{ uid: number; gid: number }> {
  const existing = await stat(dataDir).catch(() => null);
  return existing !== null && existing.uid !== 0
    ? { uid: existing.uid, gid: existing.gid }
    : { uid: NOBODY, gid: NOBODY };
}

/** Why this account cannot run the server, or null when it can. */
async function refusalOf(account: ServerAccount): Promise<string | null> {
  const version = await runProgram(
    account.command(binaryPath(account.nativeDir, 'postgres'), ['--version']),
    '/',
  );
  if (version.code !== 0) return version.output || `exit code ${version.code}`;
  if (account.kind === 'plain' || (await canPass(account, dirname(account.dataDir)))) return null;
  return `cannot enter ${dirname(account.dataDir)}`;
}

/** Asks a shell under that account: mode bits alone do not tell (ACLs, mounts, namespaces). */
async function canPass(account: ServerAccount, folder: string): Promise<boolean> {
  const end = await runProgram(account.command('/bin/sh', ['-c', 'cd "$1"', 'sh', folder]), '/');
  return end.code === 0;
}
