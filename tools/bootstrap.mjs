/**
 * Brings a clone to the state its scripts need, before each of them:
 *   node tools/bootstrap.mjs install   the packages of package-lock.json and the pinned Node
 *   node tools/bootstrap.mjs build     that, and dist/ from src/
 * Runs on whatever Node the machine has (20 or newer), imports nothing that must be installed, and is done
 * in a tenth of a second when nothing changed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIsFresh, markBuilt } from './build-stamp.mjs';
import { takeLock } from './folder-lock.mjs';
import { markInstalled, packageCount, packagesAreInstalled } from './installed-packages.mjs';
import { linkPinnedNode, nodeForProject, ROOT } from './pinned-node.mjs';

const LOCK_FOLDER = join(ROOT, '.cordata', 'bootstrap.lock');
/** Cordata itself runs on the Node it installs; this is for the installation. */
const NODE_MAJOR_MIN = 20;
const REMINDER_MS = 20_000;

const goal = process.argv[2];
if (goal !== 'install' && goal !== 'build') {
  console.error('usage: node tools/bootstrap.mjs install|build');
  process.exit(64);
}

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  console.error(`cordata: this is Node ${process.version}; installing needs Node ${NODE_MAJOR_MIN} or newer`);
  process.exit(1);
}

try {
  await bootstrap(goal === 'build');
} catch (error) {
  console.error(`cordata: ${error.message}`);
  process.exitCode = 1;
}

async function bootstrap(withBuild) {
  if (!isReady(withBuild)) {
    // Two commands at once on a fresh clone: the second waits, looks again and finds the work done.
    const lock = await takeLock(LOCK_FOLDER, (pid) =>
      console.error(`cordata: waiting for process ${pid}, which is installing or building ...`),
    );
    try {
      if (!packagesAreInstalled()) await install(lock);
      linkPinnedNode();
      if (withBuild && !buildIsFresh()) await build(lock);
    } finally {
      lock.release();
    }
  }
  linkPinnedNode();
  nodeForProject();
}

function isReady(withBuild) {
  return packagesAreInstalled() && (!withBuild || buildIsFresh());
}

async function install(lock) {
  const count = packageCount();
  // NODE_ENV=production or an npm setting would leave out the compiler and the database.
  const kinds = ['--include=dev', '--include=optional'];
  const args = ['ci', '--loglevel=error', '--no-fund', '--no-audit', ...kinds];
  const about = `installing about ${count} packages`;
  console.error(`cordata: ${about} (once, about a minute) ...`);
  await step(lock, about, 'npm ci failed', npmCommand(args));
  markInstalled();
}

async function build(lock) {
  const nest = join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  console.error('cordata: building ...');
  await step(lock, 'building', 'the build failed', { file: nodeForProject(), args: [nest, 'build'] });
  markBuilt();
}

/** The npm that runs this script, under its own Node: node_modules/.bin/node is about to be replaced. */
function npmCommand(args) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('.js')) return { file: node ?? process.execPath, args: [npm, ...args] };
  return { file: 'npm', args, shell: process.platform === 'win32' };
}

/** Runs a program with its output held back; it is shown when the program fails. */
async function step(lock, doing, failed, { file, args, shell = false }) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const reminder = setInterval(() => console.error(`cordata: still ${doing}, ${seconds()} ...`), REMINDER_MS);
  const output = [];
  const child = spawn(file, args, { cwd: ROOT, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  // Killed outright, this process leaves its npm running: the next one must wait for that too.
  if (child.pid !== undefined) lock.share(child.pid);
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exit, signal) => resolve(exit ?? signal));
  });
  clearInterval(reminder);
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output));
    throw new Error(`${failed} (${code}, after ${seconds()})`);
  }
  console.error(`cordata: done in ${seconds()}`);
}
