import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { runCommandLine } from '../../src/app/command-line.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';

async function replay(...args: string[]): Promise<{ lines: string[]; errors: string[]; exitCode: unknown }> {
  const lines: string[] = [];
  const errors: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  await runCommandLine(['node', 'cordata', 'decisions', 'replay', ...args]);
  return { lines, errors, exitCode: process.exitCode };
}

describe('the command that replays decisions', () => {
  let engine: TestEngine;
  const kept = { ...process.env };

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    for (const nuts of ['DE1', 'AT32']) {
      await advanceCycle(engine.deps, {
        ...by(engine.coordinator),
        cycleId: engine.cycle(nuts),
        to: null,
        note: null,
        decidedOn: null,
      });
    }
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

  it('counts them, finds no difference, and ends well', async () => {
    const { lines, exitCode } = await replay('--all');
    expect([lines, exitCode]).toEqual([['2 decisions replayed, 0 differences'], undefined]);
  });

  it('replays one cycle alone', async () => {
    const { lines } = await replay('--cycle', engine.cycle('DE1'));
    expect(lines).toEqual(['1 decisions replayed, 0 differences']);
  });

  it('asks which, and knows which cycles there are', async () => {
    expect(await replay()).toMatchObject({ lines: [], exitCode: 1 });
    expect(await replay('--cycle', '0198a8a0-0000-7000-8000-00000000dead')).toMatchObject({
      lines: [],
      exitCode: 1,
    });
  });

  it('names a difference and ends with 1', async () => {
    const client = new Client({ connectionString: engine.url });
    await client.connect();
    await client.query('alter table decisions disable trigger decisions_only_grow');
    await client.query(
      `update decisions set verdict = jsonb_set(verdict, '{verdict}', '"pass"') where region = 'DE1'`,
    );
    await client.end();
    const { lines, exitCode } = await replay('--all');
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      expect.stringContaining('verdict: pass -> unknown'),
      '2 decisions replayed, 1 differences',
    ]);
  });
});
