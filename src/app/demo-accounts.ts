import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { AccountRole } from '../core/terms/role.js';
import { createAccount, type NewAccount } from '../engine/accounts/create-account.js';
import { identifyAccount } from '../engine/accounts/identify-account.js';
import { renewToken } from '../engine/accounts/renew-token.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { hashToken, makeToken } from './tokens.js';

/** The file of the demo tokens, as the contract fixes it. */
export interface DemoTokens {
  readonly coordinator: string;
  readonly administrator: string;
  readonly administrator2: string;
  readonly auditor: string;
  /** Absent in a file from before there was a steering group. */
  readonly steeringGroup?: string;
  /** By NUTS code. */
  readonly authorities: Readonly<Record<string, string>>;
}

const OWNER_ONLY = 0o600;
const context = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;

export function demoTokensFile(dataDir: string): string {
  return join(dataDir, 'tokens.json');
}

/**
 * Makes the accounts with which development is tried out, and writes their tokens to a file that only its owner
 * may read. On a later start what works is left as it is; an account without a working token gets a new one.
 */
export async function ensureDemoAccounts(
  deps: EngineDeps,
  schemes: readonly SchemeDefinition[],
  dataDir: string,
): Promise<void> {
  const file = demoTokensFile(dataDir);
  const known = readTokens(file);
  const tokens = new Map<string, string>();
  for (const account of demoAccounts(schemes)) {
    const token = known.get(account.id);
    const works = token !== undefined && (await identifyAccount(deps, hashToken(token)))?.id === account.id;
    tokens.set(account.id, works ? token : await giveToken(deps, account));
  }
  writeTokens(file, dataDir, tokens);
}

async function giveToken(deps: EngineDeps, account: Omit<NewAccount, 'tokenHash'>): Promise<string> {
  const token = makeToken();
  const tokenHash = hashToken(token);
  try {
    await createAccount(deps, { ...context, account: { ...account, tokenHash } });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'account.exists') throw error;
    await renewToken(deps, { ...context, accountId: account.id, tokenHash });
  }
  return token;
}

function demoAccounts(schemes: readonly SchemeDefinition[]): Omit<NewAccount, 'tokenHash'>[] {
  const office = (id: string, name: string, role: Exclude<AccountRole, 'authority'>) =>
    ({ id, name, role, region: null, language: 'en', email: `${id}@cordata.example` }) as const;
  const regions = schemes.flatMap((scheme) => scheme.regions);
  return [
    office('coordinator', 'Coordination office', 'coordinator'),
    office('administrator', 'First administrator of rules', 'administrator'),
    office('administrator2', 'Second administrator of rules', 'administrator'),
    office('auditor', 'Auditor', 'auditor'),
    office(STEERING_GROUP, 'Steering group', 'steering_group'),
    ...[...new Map(regions.map((region) => [region.nuts, region])).values()].map((region) => ({
      id: `authority-${region.nuts}`,
      name: `Authority of ${region.name}`,
      role: 'authority' as const,
      region: region.nuts,
      language: region.language,
      email: `authority.${region.nuts.toLowerCase()}@cordata.example`,
    })),
  ];
}

const AUTHORITY = 'authority-';
const STEERING_GROUP = 'steering-group';

function readTokens(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  try {
    const { authorities, steeringGroup, ...offices } = JSON.parse(readFileSync(file, 'utf8')) as DemoTokens;
    return new Map([
      ...Object.entries(offices),
      ...(steeringGroup === undefined ? [] : [[STEERING_GROUP, steeringGroup] as const]),
      ...Object.entries(authorities).map(([nuts, token]) => [`${AUTHORITY}${nuts}`, token] as const),
    ]);
  } catch {
    // A file that was cut short is written anew; its accounts get new tokens.
    return new Map();
  }
}

function writeTokens(file: string, dataDir: string, tokens: ReadonlyMap<string, string>): void {
  const offices = [...tokens]
    .filter(([id]) => !id.startsWith(AUTHORITY))
    .map(([id, token]) => [id === STEERING_GROUP ? 'steeringGroup' : id, token] as const);
  const authorities = [...tokens]
    .filter(([id]) => id.startsWith(AUTHORITY))
    .map(([id, token]) => [id.slice(AUTHORITY.length), token] as const);
  const text = `${JSON.stringify({ ...Object.fromEntries(offices), authorities: Object.fromEntries(authorities) }, null, 2)}\n`;
  mkdirSync(dataDir, { recursive: true });
  // Whole or not at all, and never readable by others, not even for a moment.
  writeFileSync(`${file}.new`, text, { mode: OWNER_ONLY });
  chmodSync(`${file}.new`, OWNER_ONLY);
  renameSync(`${file}.new`, file);
}
