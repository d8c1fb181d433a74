import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import {
  chmod,
  lchown,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { binaryPath } from './native-files.js';
import { PostgresStartError } from './postgres-start-error.js';
import { runProgram } from './run-program.js';
import type { ServerAccount } from './server-account.js';
import { SUPERUSER } from './server-settings.js';

const SECRET_BYTES = 24;

/** PostgreSQL's own files, inside the data directory. */
export function clusterDir(dataDir: string): string {
  return join(dataDir, 'cluster');
}

/** Makes the data directory, readable by its owner alone, and gives it to the server's account. */
export async function openDataDirectory(account: ServerAccount): Promise<void> {
  await mkdir(account.dataDir, { recursive: true, mode: 0o700 });
  if (account.owner === null) return;
  await chmod(account.dataDir, 0o700);
  await lchown(account.dataDir, account.owner.uid, account.owner.gid);
}

/**
 * Makes the database files unless they are there; call it under the start lock. They are made in `staging/`
 * and renamed when whole, so a crash in the middle leaves nothing that could be taken for a database.
 *
 * @param durable false skips the flush to disk
 * @param log takes one line for the person at the terminal
 * @returns the superuser's password
 * Errors: `postgres.data-unusable`, `postgres.start-failed`.
 */
export async function prepareCluster(
  account: ServerAccount,
  durable: boolean,
  log: (line: string) => void,
): Promise<string> {
  const cluster = clusterDir(account.dataDir);
  await rm(join(account.dataDir, 'staging'), { recursive: true, force: true });
  await setAsideIfNoCluster(cluster, log);
  if (existsSync(cluster)) {
    await giveTo(account, cluster);
    await refuseOtherVersion(account, cluster);
    return existingSecret(account.dataDir);
  }
  log('creating the database files (once) ...');
  return createCluster(account, durable, cluster);
}

/** Never deletes: files that look unlike a database may still be what is left of one. */
async function setAsideIfNoCluster(cluster: string, log: (line: string) => void): Promise<void> {
  if (!existsSync(cluster)) return;
  const whole = ['PG_VERSION', 'postgresql.conf', 'global/pg_control'].every((file) =>
    existsSync(join(cluster, file)),
  );
  if (whole) return;
  if ((await readdir(cluster)).length === 0) return rmdir(cluster);
  const aside = `${cluster}.broken-${new Date().toISOString().replaceAll(':', '')}`;
  await rename(cluster, aside);
  log(`the database files were incomplete; they are kept in ${aside}`);
}

async function refuseOtherVersion(account: ServerAccount, cluster: string): Promise<void> {
  const data = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  const { output } = await runProgram(
    account.command(binaryPath(account.nativeDir, 'postgres'), ['--version']),
    account.dataDir,
  );
  const server = /(\d+)(?:\.\d+|beta|rc)/.exec(output)?.[1];
  if (server === data) return;
  throw new PostgresStartError(
    'postgres.data-unusable',
    `${cluster} was made by PostgreSQL ${data} and this is ${server ?? 'unknown'}: move it away or set DATABASE_URL`,
    { cluster, data, server },
  );
}

function secretFile(dataDir: string): string {
  return join(dataDir, 'secret');
}

async function existingSecret(dataDir: string): Promise<string> {
  const secret = await readFile(secretFile(dataDir), 'utf8').catch(() => '');
  if (secret.trim() !== '') return secret.trim();
  throw new PostgresStartError(
    'postgres.data-unusable',
    `the database's password file ${secretFile(dataDir)} is gone: put it back or move ${dataDir} away`,
  );
}

async function createCluster(account: ServerAccount, durable: boolean, cluster: string): Promise<string> {
  const staging = join(account.dataDir, 'staging');
  const passwordFile = join(staging, 'password');
  // A cluster that was set aside keeps its meaning only with its password: one secret for all of them.
  const secret = await existingSecret(account.dataDir).catch(() => randomBytes(SECRET_BYTES).toString('hex'));
  await mkdir(staging, { mode: 0o700 });
  await writeFile(passwordFile, secret, { mode: 0o600 });
  await giveTo(account, staging);
  const args = [
    ['-D', join(staging, 'cluster'), '-U', SUPERUSER, '-E', 'UTF8', '--locale=C'],
    ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])],
  ].flat();
  const end = await runProgram(
    account.command(binaryPath(account.nativeDir, 'initdb'), args),
    account.dataDir,
  );
  if (end.code !== 0) {
    const reason = end.output.split('\n').findLast((line) => line.includes('error:')) ?? end.output;
    throw new PostgresStartError(
      'postgres.start-failed',
      `the database files could not be created: ${reason}`,
      {
        code: end.code,
        output: end.output,
      },
    );
  }
  await writeFile(`${secretFile(account.dataDir)}.new`, secret, { mode: 0o600, flush: true });
  await rename(`${secretFile(account.dataDir)}.new`, secretFile(account.dataDir));
  await rename(join(staging, 'cluster'), cluster);
  if (durable) await flushFolder(account.dataDir);
  await rm(staging, { recursive: true, force: true });
  return secret;
}

/** Without it a power cut could undo the rename although the files inside are safe. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Hands a tree to the server's account; the top comes last, so its owner tells whether the work was done. */
async function giveTo(account: ServerAccount, tree: string): Promise<void> {
  if (account.owner === null || lstatSync(tree).uid === account.owner.uid) return;
  const { uid, gid } = account.owner;
  for (const entry of await readdir(tree, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), uid, gid);
  }
  await lchown(tree, uid, gid);
}
