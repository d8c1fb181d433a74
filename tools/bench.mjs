/**
 * `npm run bench -- <name>`: runs `bench/<name>.bench.ts` and prints what it measures. A measurement is no test: it
 * never fails for being slow.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeForProject, ROOT } from './pinned-node.mjs';

const SUFFIX = '.bench.ts';
const USAGE_ERROR = 64;

const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- <name>, which is one of: ${names.join(', ')}`);
  process.exitCode = USAGE_ERROR;
} else {
  const hook = pathToFileURL(join(ROOT, 'test', 'support', 'typescript-hook.mjs')).href;
  const program = join(ROOT, 'bench', `${name}${SUFFIX}`);
  const run = spawnSync(nodeForProject(), ['--import', hook, program, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
}
