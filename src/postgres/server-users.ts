import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, ownMarkName, parseMarkName } from './process-mark.js';

/**
 * Who uses the server: one empty file per user, named by its process. Whoever leaves last stops the server,
 * so an API and a worker share one, and a process that adopts the server of a dead one stops it in the end.
 */

function usersDir(dataDir: string): string {
  return join(dataDir, 'users');
}

/** Signs this process in; call it under the start lock. Gives back the name to sign out with. */
export async function signIn(dataDir: string): Promise<string> {
  await mkdir(usersDir(dataDir), { recursive: true });
  const name = `${ownMarkName()}.${randomUUID()}`;
  await writeFile(join(usersDir(dataDir), name), '');
  return name;
}

/** Signs out and clears away the dead; call it under the start lock. Gives back how many users remain. */
export async function signOut(dataDir: string, name: string): Promise<number> {
  let remaining = 0;
  for (const user of await readdir(usersDir(dataDir)).catch(() => [])) {
    const mark = parseMarkName(user);
    if (user !== name && mark !== null && isAlive(mark)) remaining += 1;
    else await rm(join(usersDir(dataDir), user), { force: true });
  }
  return remaining;
}
