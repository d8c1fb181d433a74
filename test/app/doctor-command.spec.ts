import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { runCommandLine } from '../../src/app/command-line.js';
import { newId } from '../../src/app/new-id.js';
import { carryOutEffects } from '../support/carry-out.js';
import { openTestEngine, type TestEngine } from '../support/engine.js';

async function doctor(...args: string[]): Promise<{ lines: string[]; errors: string[]; exitCode: unknown }> {
  const lines: string[] = [];
  const errors: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  await runCommandLine(['node', 'cordata', 'doctor', ...args]);
  return { lines, errors, exitCode: process.exitCode };
}

describe('the command that asks the doctor', () => {
  let engine: TestEngine;
  let client: Client;
  const kept = { ...process.env };

  beforeAll(async () => {
    engine = await openTestEngine();
    await carryOutEffects(engine);
    client = new Client({ connectionString: engine.url });
    await client.connect();
    // The command has the movable clock; the scheme's time is put where the test has left it.
    const offsetMs = Date.parse(await engine.clock.now()) - Date.now();
    await client.query('insert into clock values (true, $1)', [Math.round(offsetMs)]);
    process.env['DATABASE_URL'] = engine.url;
    process.env['CORDATA_MODE'] = 'development';
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });
  afterAll(async () => {
    process.env = kept;
    await client.end();
    await engine.close();
  });

  it('finds nothing in good health, and ends well', async () => {
    const { lines, exitCode } = await doctor('--deep');
    expect([lines.at(-1), exitCode]).toEqual(['nothing found', undefined]);
    expect(lines.at(-2)).toMatch(/^looked at .*11 cycles.*11 histories$/);
  });

  it('tells what it finds in plain lines, and ends with 1', async () => {
    const cycleId = engine.cycle('DE1');
    await client.query(
      `insert into dead_letters (effect_id, type, payload, reason, attempts, died_at)
       values ($1, 'standing-check', $2, 'the disk was full', 9, '2016-11-01T08:00:00Z')`,
      [newId(), { type: 'standing-check', cycleId }],
    );
    const { lines, exitCode } = await doctor();
    expect(exitCode).toBe(1);
    expect(lines[0]).toMatch(/^error {2}dead-letter {2}[0-9a-f-]{36}$/);
    expect(lines.slice(1, 3)).toEqual([
      '  cause    An effect could not be applied and was given up.',
      '  remedy   Remove the reason that the details name, then send it again (retry).',
    ]);
    expect(lines[3]).toContain('the disk was full');
    expect(lines.at(-1)).toBe('1 findings');
  });

  it('gives one JSON object, and raises incidents when it is told to, each once', async () => {
    const { lines, errors } = await doctor('--json', '--raise');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      healthy: false,
      findings: [{ code: 'dead-letter', severity: 'error', cycle: engine.cycle('DE1') }],
    });
    expect(errors.at(-1)).toBe('1 incidents raised, 0 resolved');
    expect((await doctor('--raise')).errors.at(-1)).toBe('0 incidents raised, 0 resolved');
    await client.query('update dead_letters set retried_at = now()');
    // The notice of the incident waits, for nobody carries effects out here; it has not waited for long.
    process.exitCode = undefined;
    const mended = await doctor('--raise');
    expect([mended.errors.at(-1), mended.exitCode]).toEqual(['0 incidents raised, 1 resolved', undefined]);
  });
});
