import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './pinned-node.mjs';

/** What dist/ is made of: files, and folders with all below them. */
const BUILD_INPUTS = ['src', 'nest-cli.json', '.swcrc', 'tsconfig.json', 'package-lock.json'];
/** Inside dist/, which a build empties first: an interrupted build leaves no stamp. */
const STAMP_FILE = join(ROOT, 'dist', '.build');

/** Whether dist/ was made of the present sources. By content: a git checkout changes times and not files. */
export function buildIsFresh() {
  return existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === fingerprint();
}

/** Notes that dist/ is now made of the present sources. */
export function markBuilt() {
  writeFileSync(STAMP_FILE, fingerprint());
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const input of BUILD_INPUTS) addTo(hash, input);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const absolute = join(ROOT, path);
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).toSorted()) addTo(hash, join(path, name));
    return;
  }
  const content = readFileSync(absolute);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
