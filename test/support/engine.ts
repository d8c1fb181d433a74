import { fileURLToPath } from 'node:url';
import { newId } from '../../src/app/new-id.js';
import { makeForkTheatre } from '../../src/app/fork-theatre.js';
import { loadDefinitions, type Definitions } from '../../src/app/definitions.js';
import { hashToken } from '../../src/app/tokens.js';
import { makeWorkshop } from '../../src/app/workshop.js';
import type { SchemeDefinition } from '../../src/core/sync/scheme-definition.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import { instantFromMs, instantToMs, parseInstant, type Instant } from '../../src/core/terms/instant.js';
import type { AccountRole } from '../../src/core/terms/role.js';
import { createAccount } from '../../src/engine/accounts/create-account.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { shadowedDrafts } from '../../src/engine/rules/shadowed-drafts.js';
import { seedRulebooks } from '../../src/engine/rules/seed-rulebooks.js';
import { openScheme } from '../../src/engine/schemes/open-scheme.js';
import type { CommandContext } from '../../src/engine/transactions/run-command.js';
import { openDatabase } from '../../src/store/database.js';
import { createTestDatabase } from './database.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The paths of the shipped definitions. */
export const PATHS = {
  workflows: `${ROOT}workflows`,
  rules: `${ROOT}rules`,
  calendars: `${ROOT}config/calendars`,
  ladders: `${ROOT}config/ladders`,
  activities: `${ROOT}config/activities`,
  schemes: `${ROOT}config/schemes`,
  scenarios: `${ROOT}config/scenarios`,
  texts: `${ROOT}config/texts`,
};

/** As `config/default.json` has it. */
const COVERAGE_MIN = 0.9;

let shipped: Definitions | undefined;

/** The shipped definitions, judged once per test file. */
export function shippedDefinitions(): Definitions {
  shipped ??= loadDefinitions(PATHS);
  return shipped;
}

/** An instant from its text; a test with a wrong one fails at once. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`no instant: ${text}`);
  return parsed;
}

/** A clock that stands still until a test moves it. */
export interface TestClock {
  now(): Promise<Instant>;
  set(at: Instant): void;
  advanceDays(days: number): void;
}

const DAY_MS = 86_400_000;

export function makeTestClock(at: Instant): TestClock {
  let current = at;
  return {
    now: async () => current,
    set(next) {
      current = next;
    },
    advanceDays(days) {
      current = instantFromMs(instantToMs(current) + days * DAY_MS);
    },
  };
}

/** The engine on a database of its own, with the shipped scheme open and an account for every role. */
export interface TestEngine {
  readonly deps: EngineDeps;
  readonly clock: TestClock;
  readonly url: string;
  readonly scheme: SchemeDefinition;
  /** NUTS code -> cycle id. */
  readonly cycles: ReadonlyMap<string, string>;
  readonly coordinator: Actor;
  readonly administrator: Actor;
  readonly auditor: Actor;
  authority(nuts: string): Actor;
  cycle(nuts: string): string;
  close(): Promise<void>;
}

/** A command of this actor, without version and key. */
export function by(actor: Actor): CommandContext {
  return { actor, expectedVersion: null, idempotency: null };
}

/** The bearer token of a test account. */
export function tokenOf(accountId: string): string {
  return `test-token-${accountId}`;
}

export async function openTestEngine(at = instant('2016-11-01T08:00:00Z')): Promise<TestEngine> {
  const database = await createTestDatabase();
  const { catalog, schemes, render } = shippedDefinitions();
  const [scheme] = schemes;
  if (scheme === undefined) throw new Error('no scheme is shipped');
  const clock = makeTestClock(at);
  const shared = {
    database: await openDatabase(database.url),
    catalog,
    workshop: makeWorkshop({ catalog, schemes }, COVERAGE_MIN),
  };
  const deps: EngineDeps = {
    ...shared,
    clock,
    newId,
    forks: makeForkTheatre(shared, render),
    shadows: (tx, rulebookId) => shadowedDrafts(deps, tx, rulebookId),
  };
  const account = async (
    id: string,
    role: AccountRole,
    region: string | null,
    language: Actor['language'],
  ) => {
    const actor: Actor = { id, name: id, role, region, language };
    await createAccount(deps, {
      ...by(SYSTEM_ACTOR),
      account: {
        ...actor,
        role,
        email: `${id.toLowerCase()}@cordata.example`,
        tokenHash: hashToken(tokenOf(id)),
      },
    });
    return actor;
  };
  const coordinator = await account('coordinator', 'coordinator', null, 'en');
  const administrator = await account('administrator', 'administrator', null, 'en');
  await account('administrator2', 'administrator', null, 'de');
  const auditor = await account('auditor', 'auditor', null, 'en');
  const authorities = new Map<string, Actor>();
  for (const region of scheme.regions) {
    const actor = await account(`authority-${region.nuts}`, 'authority', region.nuts, region.language);
    authorities.set(region.nuts, actor);
  }
  await seedRulebooks(deps);
  const opened = await openScheme(deps, { ...by(SYSTEM_ACTOR), scheme });
  const cycles = new Map(opened.cycles.map(({ id, region }) => [region, id]));
  const need = <T>(map: ReadonlyMap<string, T>, nuts: string): T => {
    const found = map.get(nuts);
    if (found === undefined) throw new Error(`no region ${nuts}`);
    return found;
  };
  return {
    deps,
    clock,
    url: database.url,
    scheme,
    cycles,
    coordinator,
    administrator,
    auditor,
    authority: (nuts) => need(authorities, nuts),
    cycle: (nuts) => need(cycles, nuts),
    async close() {
      await deps.database.close();
      await database.drop();
    },
  };
}
