import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { binaryPath } from './native-files.js';
import { PostgresStartError } from './postgres-start-error.js';

/** Not in the temporary folder: the data may live here, and that one is emptied at each boot. */
export const FALLBACK_DIR = '/var/tmp/cordata-postgres';
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Makes the folder everyone may pass, for a root whose own folders nobody else can enter.
 *
 * Errors: `postgres.no-account` when someone else put something in its place (/var/tmp is open to all).
 */
export async function openFallbackDir(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & WRITABLE_BY_OTHERS) !== 0) {
    throw new PostgresStartError(
      'postgres.no-account',
      `${folder} is not ours alone: remove it or set DATABASE_URL`,
    );
  }
  await chmod(folder, 0o711);
}

/** Copies the binaries (60 MB, once per version) into `folder` and gives back the copy's path. */
export async function copyNativeFiles(nativeDir: string, folder: string): Promise<string> {
  const server = await readFile(binaryPath(nativeDir, 'postgres'));
  const hash = createHash('sha256').update(server).digest('hex').slice(0, 12);
  const copy = join(folder, `native-${hash}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${randomUUID()}`;
  await cp(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToAll(unfinished);
  // Renamed only when complete: a copy cut short is never taken for a whole one.
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

/** npm under a strict umask leaves files that only their owner can read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
