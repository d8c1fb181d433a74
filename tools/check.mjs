/**
 * The whole check: format, lint, types, tests (the import rules are among them). All steps run, whatever
 * fails; the last line is `N passed, N failed`, in which each step before the tests counts as one.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeForProject, ROOT } from './pinned-node.mjs';
import { runJest } from './run-jest.mjs';

const STEPS = [
  { name: 'format', package: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', package: 'oxlint', args: ['--deny-warnings'] },
  { name: 'types', package: 'typescript', program: 'tsc', args: ['--noEmit'] },
];

let passed = 0;
let failed = 0;
for (const step of STEPS) {
  if (await runStep(step)) passed += 1;
  else failed += 1;
}
console.log('tests  ...');
const tests = await runJest(process.argv.slice(2));
console.log(`${passed + tests.passed} passed, ${failed + tests.failed} failed`);
process.exitCode = failed + tests.failed > 0 || tests.exitCode !== 0 ? 1 : 0;

/** Runs one program, shows what it says when it fails, and tells whether it passed. */
async function runStep({ name, package: packageName, program = packageName, args }) {
  const started = Date.now();
  const output = [];
  const child = spawn(nodeForProject(), [programFile(packageName, program), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat(output));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${name.padEnd(6)} ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return code === 0;
}

/** The script behind a package's program: node_modules/.bin holds shell scripts on Windows. */
function programFile(packageName, program) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[program]);
}
