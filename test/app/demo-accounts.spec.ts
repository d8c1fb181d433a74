import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoTokensFile, ensureDemoAccounts, type DemoTokens } from '../../src/app/demo-accounts.js';
import { hashToken } from '../../src/app/tokens.js';
import { identifyAccount } from '../../src/engine/accounts/identify-account.js';
import { openTestEngine, type TestEngine } from '../support/engine.js';

describe('demo accounts', () => {
  let engine: TestEngine;
  const dataDir = mkdtempSync(join(tmpdir(), 'cordata-demo-'));
  const file = demoTokensFile(dataDir);

  beforeAll(async () => {
    engine = await openTestEngine();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  });

  const ensure = async (): Promise<DemoTokens> => {
    await ensureDemoAccounts(engine.deps, [engine.scheme], dataDir);
    return JSON.parse(readFileSync(file, 'utf8')) as DemoTokens;
  };
  const roleOf = async (token = '') => (await identifyAccount(engine.deps, hashToken(token)))?.role;

  it('have a token each, the steering group too, and keep it on a later start', async () => {
    const tokens = await ensure();
    expect(Object.keys(tokens)).toEqual([
      'coordinator',
      'administrator',
      'administrator2',
      'auditor',
      'steeringGroup',
      'authorities',
    ]);
    expect(await roleOf(tokens.steeringGroup)).toBe('steering_group');
    expect(await roleOf(tokens.authorities['DE1'])).toBe('authority');
    expect(await ensure()).toEqual(tokens);
  });

  it('get a steering group where the file is from before there was one', async () => {
    const { steeringGroup, ...before } = await ensure();
    writeFileSync(file, JSON.stringify(before));
    const after = await ensure();
    expect(after).toMatchObject(before);
    expect(after.steeringGroup).not.toBe(steeringGroup);
    expect(await roleOf(after.steeringGroup)).toBe('steering_group');
  });
});
