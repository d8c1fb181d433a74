import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR, type Actor } from '../core/terms/actor.js';
import { createAccount } from '../engine/accounts/create-account.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import type { ScenarioStep } from './scenario-schema.js';

/** Who acts in a rehearsal. */
export interface RehearsalCast {
  readonly coordinator: Actor;
  readonly administrator: Actor;
  /** By NUTS code. */
  readonly authorities: ReadonlyMap<string, Actor>;
  /** Everybody, in the order of their ids. */
  readonly all: readonly Actor[];
}

const asSystem = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;

/** No real token hashes to this: nobody can log in with an account of a rehearsal. */
const NO_TOKEN_HEX_DIGITS = 64;

/** Makes the accounts of a rehearsal: the offices of the scheme, and one authority for each region. */
export async function castActors(deps: EngineDeps, scheme: SchemeDefinition): Promise<RehearsalCast> {
  const coordinator = office('coordinator', 'Coordination office', 'coordinator');
  const administrator = office('administrator', 'First administrator of rules', 'administrator');
  const second = office('administrator2', 'Second administrator of rules', 'administrator');
  const authorities = new Map(
    scheme.regions.map(({ nuts, name, language }): [string, Actor] => [
      nuts,
      { id: `authority-${nuts}`, name: `Authority of ${name}`, role: 'authority', region: nuts, language },
    ]),
  );
  const all = [coordinator, administrator, second, ...authorities.values()];
  for (const [position, actor] of all.entries()) await hire(deps, actor, position);
  return { coordinator, administrator, authorities, all: all.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** The one who takes a step in a region. */
export function actorFor(cast: RehearsalCast, by: ScenarioStep['by'], region: string): Actor {
  const authority = cast.authorities.get(region);
  if (by !== 'authority' || authority === undefined) {
    return by === 'administrator' ? cast.administrator : cast.coordinator;
  }
  return authority;
}

async function hire(deps: EngineDeps, actor: Actor, position: number): Promise<void> {
  const { id, name, role, region, language } = actor;
  if (role === 'system') return;
  await createAccount(deps, {
    ...asSystem,
    account: {
      id,
      name,
      role,
      region,
      language,
      email: `${id.toLowerCase()}@rehearsal.example`,
      tokenHash: position.toString().padStart(NO_TOKEN_HEX_DIGITS, '0'),
    },
  });
}

function office(id: string, name: string, role: 'coordinator' | 'administrator'): Actor {
  return { id, name, role, region: null, language: 'en' };
}
