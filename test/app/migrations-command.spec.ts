import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runCommandLine } from '../../src/app/command-line.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { runNextItem } from '../../src/engine/operations/run-next-item.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';

const REGIONS = 11;
const TO_2 = ['--workflow', 'region-cycle', '--to', '2', '--reason', 'the second version'] as const;

async function migrations(...args: readonly string[]): Promise<{ lines: string[]; exitCode: unknown }> {
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await runCommandLine(['node', 'cordata', 'migrations', ...args]);
  jest.restoreAllMocks();
  const { exitCode } = process;
  process.exitCode = undefined;
  return { lines, exitCode };
}

const operationIn = (lines: readonly string[]): string =>
  /operation (\S+):/.exec(lines.at(-1) ?? '')?.[1] ?? '';

describe('the commands that migrate running cycles', () => {
  let engine: TestEngine;
  const kept = { ...process.env };

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
    process.env['DATABASE_URL'] = engine.url;
    process.env['CORDATA_MODE'] = 'development';
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });
  afterAll(async () => {
    process.env = kept;
    await engine.close();
  });

  it('plan, apply and revert, one line for each cycle', async () => {
    const planned = await migrations('plan', ...TO_2);
    expect([planned.lines.length, planned.exitCode]).toEqual([REGIONS + 1, undefined]);
    expect(planned.lines[0]).toMatch(
      /^AT31 {3}\S{36} {2}can move {2}agenda_setting 1 -> agenda_setting 2 {2}\+ timer long-stay due 20\d\d-\S+Z$/,
    );
    expect(planned.lines.at(-1)).toMatch(/^operation \S+: 11 cycles, 0 cannot move$/);
    expect((await migrations('list')).lines).toEqual([
      'joint-call 1  0 cycles',
      'region-cycle 1  11 cycles  -> 2 (timers: keep)',
      'region-cycle 2  0 cycles',
      'transformative-activity 1  0 cycles',
    ]);

    const operation = operationIn(planned.lines);
    const applied = await migrations('apply', operation);
    expect(applied.lines.at(-1)).toBe(
      `operation ${operation} is done: 11 done, 0 unchanged, 0 refused, 0 failed`,
    );
    expect((await migrations('list')).lines).toContain('region-cycle 2  11 cycles');
    expect((await migrations('apply', operation)).exitCode).toBe(1);

    const reverted = await migrations('revert', operation, '--reason', 'not yet');
    expect(reverted.lines.at(-1)).toMatch(/is done: 11 done/);
    expect((await migrations('list')).lines).toContainEqual(
      expect.stringMatching(/^region-cycle 1 {2}11 cycles/),
    );
  });

  it('go on with what was interrupted', async () => {
    const operation = operationIn((await migrations('plan', ...TO_2, '--region', 'DE1', 'SI0')).lines);
    await startOperation(engine.deps, { ...by(SYSTEM_ACTOR), operationId: operation });
    await runNextItem(engine.deps, operation);
    const { lines, exitCode } = await migrations('apply', operation);
    expect([lines.at(-1), exitCode]).toEqual([
      `operation ${operation} is done: 2 done, 0 unchanged, 0 refused, 0 failed`,
      undefined,
    ]);
  });

  it('end with 1 for a version that is not there', async () => {
    const { exitCode } = await migrations(
      'plan',
      '--workflow',
      'region-cycle',
      '--to',
      '99',
      '--reason',
      'x',
    );
    expect(exitCode).toBe(1);
  });
});
