import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeForProject, ROOT } from './pinned-node.mjs';

const SERVER_STOP_WAIT_MS = 15_000;
const SERVER_STOP_POLL_MS = 50;

/**
 * Runs Jest and counts.
 *
 * @param {string[]} args passed on to Jest
 * @returns {Promise<{ passed: number, failed: number, exitCode: number }>} a suite that does not load counts
 *   as one failed test, and so does a Jest that fails without naming a test
 */
export async function runJest(args) {
  const runDir = mkdtempSync(join(tmpdir(), 'cordata-test-'));
  // As root the database server runs as another user, who must be able to pass.
  chmodSync(runDir, 0o711);
  try {
    const report = join(runDir, 'report.json');
    const exitCode = await spawnJest([...args, '--json', `--outputFile=${report}`], runDir);
    return { ...countTests(report, exitCode), exitCode };
  } finally {
    await stopLeftServer(runDir);
    rmSync(runDir, { recursive: true, force: true });
  }
}

function spawnJest(args, runDir) {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(nodeForProject(), [...flags, jest, ...args], {
    cwd: ROOT,
    env: { ...process.env, CORDATA_TEST_RUN_DIR: runDir },
    // With --json Jest reports on stderr; on stdout it only names the file.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  const passOn = () => child.kill('SIGTERM');
  process.on('SIGINT', stay).on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => process.off('SIGINT', stay).off('SIGTERM', passOn));
}

/** Ctrl-C reaches Jest by itself; this process stays to clear up after it. */
function stay() {}

function countTests(report, exitCode) {
  let passed = 0;
  let failed = 0;
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    passed = result.numPassedTests;
    failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  } catch {
    // Jest ended before it wrote: the exit code tells.
  }
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

/** Interrupted, Jest leaves out its teardown, and the server it started would run for ever. */
async function stopLeftServer(runDir) {
  const pidFile = join(runDir, 'postgres', 'cluster', 'postmaster.pid');
  const deadline = Date.now() + SERVER_STOP_WAIT_MS;
  for (let first = true; Date.now() < deadline; first = false) {
    let pid;
    try {
      pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
      process.kill(pid, first ? 'SIGINT' : 0);
    } catch {
      return;
    }
    await sleep(SERVER_STOP_POLL_MS);
  }
}
