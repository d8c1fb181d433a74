import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './pinned-node.mjs';

const LOCK_FILE = join(ROOT, 'package-lock.json');
const PACKAGE_FILE = join(ROOT, 'package.json');
const STAMP_FILE = join(ROOT, 'node_modules', '.cordata-install');
/** npm writes it at the very end of an install: after an interrupted one it is missing. */
const NPM_RECORD_FILE = join(ROOT, 'node_modules', '.package-lock.json');

/**
 * Whether node_modules is what package-lock.json asks for. Costs two small reads; only after a change of
 * either file the packages are compared one by one (an edited npm script must not cost a minute).
 */
export function packagesAreInstalled() {
  if (!existsSync(NPM_RECORD_FILE)) return false;
  const current = stamp();
  if (existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === current) return true;
  if (!recordMatchesLock(readJson(NPM_RECORD_FILE), readJson(LOCK_FILE), readJson(PACKAGE_FILE)))
    return false;
  writeFileSync(STAMP_FILE, current);
  return true;
}

/** Notes that node_modules is now what package-lock.json asks for. */
export function markInstalled() {
  writeFileSync(STAMP_FILE, stamp());
}

/** How many packages an install brings on this platform, to the nearest ten. */
export function packageCount() {
  const packages = Object.entries(readJson(LOCK_FILE).packages);
  const fitting = packages.filter(([path, entry]) => path !== '' && fitsPlatform(entry)).length;
  return Math.round(fitting / 10) * 10;
}

function stamp() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  return hash.update(readFileSync(LOCK_FILE)).update(readFileSync(PACKAGE_FILE)).digest('hex');
}

function recordMatchesLock(record, lock, manifest) {
  const wanted = lock.packages;
  const present = record.packages;
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    if (!sameEntries(manifest[kind] ?? {}, wanted[''][kind] ?? {})) return false;
  }
  return (
    Object.keys(present).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      if (path in present) return present[path].version === entry.version;
      return entry.optional === true || !fitsPlatform(entry);
    })
  );
}

function sameEntries(left, right) {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}

function fitsPlatform({ os, cpu, libc }) {
  return includes(os, process.platform) && includes(cpu, process.arch) && includes(libc, 'glibc');
}

/** A package that names no system fits all. */
function includes(list, value) {
  return list === undefined || list.includes(value);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
