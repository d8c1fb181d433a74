import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

const root = resolve(import.meta.dirname, '../..');
const REPORT_BYTES_MAX = 256 * 1024 * 1024;

/** Judges `src/` below a folder with the project's rules. */
function judge(folder: string): Report {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const end = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: REPORT_BYTES_MAX,
  });
  if (end.stdout === '') throw new Error(`dependency-cruiser gave no report: ${end.stderr}`);
  return JSON.parse(end.stdout) as Report;
}

function breaches(report: Report): string[] {
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

describe('the import rules of the house', () => {
  test('hold in every source file, and every source file was seen', () => {
    const report = judge(root);
    const seen = new Set(report.modules.map(({ source }) => source));
    const onDisk = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join('src', path).replaceAll('\\', '/'));
    expect(onDisk.filter((path) => !seen.has(path))).toEqual([]);
    expect(report.modules.length).toBeGreaterThanOrEqual(onDisk.length);
    expect(breaches(report)).toEqual([]);
  });
});

/** A small house: sound files, and one breach of each kind that must not be possible. */
const PLANTED: Readonly<Record<string, string>> = {
  'core/terms/region.ts': 'export const region = 1;',
  'engine/cycles/advance-cycle.ts': "import '../../core/terms/region.js'; export const advance = 1;",
  'http/cycles.controller.ts': "import '@nestjs/common'; import '../engine/cycles/advance-cycle.js';",
  'app/api.module.ts': "import '../http/cycles.controller.js'; export const api = 1;",
  'main.ts': "import './app/api.module.js';",

  'store/cycle-store.ts': 'export const store = 1;',
  'queue/queue-names.ts': 'export const names = 1;',
  'http/shortcut.ts': "import '../store/cycle-store.js';",
  'engine/cycles/enqueue.ts': "import '../../queue/queue-names.js';",
  'core/facts/left.ts': "import type { Right } from './right.js'; export type Left = Right | 1;",
  'core/facts/right.ts': "import type { Left } from './left.js'; export type Right = Left | 2;",
  'catalog/index.ts': 'export const barrel = 1;',
  'catalog/reader.ts': "import './index.js';",
  'relay/lazy.ts': "export const lazy = (): unknown => import('../core/terms/region.js');",
  'core/terms/upward.ts': "import '../facts/left.js';",
  'core/terms/reads-disk.ts': "import 'node:fs';",
  'jobs/uses-front-door.ts': "import '../main.js';",
};

describe('a planted breach', () => {
  let folder: string;
  let found: string[];

  function plant(path: string, content: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${content}\n`);
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cordata-house-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(folder, file));
    }
    plant('node_modules/@nestjs/common/package.json', '{"name": "@nestjs/common", "main": "index.js"}');
    plant('node_modules/@nestjs/common/index.js', '');
    for (const [path, content] of Object.entries(PLANTED)) plant(`src/${path}`, content);
    found = breaches(judge(folder));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['http reaching into the store', 'room-http: src/http/shortcut.ts -> src/store/cycle-store.ts'],
    [
      'the engine reaching into the queue',
      'room-engine: src/engine/cycles/enqueue.ts -> src/queue/queue-names.ts',
    ],
    ['a circle of type imports', 'no-circles: src/core/facts/left.ts -> src/core/facts/right.ts'],
    ['a barrel', 'no-barrels: src/catalog/reader.ts -> src/catalog/index.ts'],
    ['a dynamic import', 'no-dynamic-import: src/relay/lazy.ts -> src/core/terms/region.ts'],
    ['a floor of core that looks up', 'core-terms: src/core/terms/upward.ts -> src/core/facts/left.ts'],
    ['input and output in core', 'packages-core: src/core/terms/reads-disk.ts -> fs'],
    ['an import of a front door', 'nothing-imports-a-front-door: src/jobs/uses-front-door.ts -> src/main.ts'],
  ])('is refused: %s', (_name, breach) => {
    expect(found).toContain(breach);
  });

  test('does not bring sound files under suspicion', () => {
    const sound = /src\/(main|app\/api\.module|http\/cycles\.controller|core\/terms\/region)\.ts ->/;
    expect(found.filter((breach) => sound.test(breach))).toEqual([]);
  });
});
