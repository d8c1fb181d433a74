import type { FactDefinition } from '../../core/facts/fact-catalogue.js';
import type { Actor } from '../../core/terms/actor.js';
import type { CycleSubject } from '../../core/terms/cycle-subject.js';
import { accountRoleFor } from '../../core/terms/role.js';

/**
 * Whether this person may record the fact. An authority speaks for everybody in its region and may pass on what the
 * coordinator's office would fill, of its own region; what the administrator answers for (a region's class) only an
 * administrator can change, and nobody a derived fact.
 *
 * @param subject of the cycle; of what is joint an authority records only what its region's people answer for
 */
export function mayRecord(
  actor: Pick<Actor, 'role'>,
  definition: FactDefinition,
  subject: CycleSubject = 'region',
): boolean {
  const role = accountRoleFor(definition.owner);
  if (role === null) return false;
  if (actor.role === 'system') return true;
  if (role === 'administrator') return actor.role === 'administrator';
  if (actor.role === 'authority') return subject === 'region' || role === 'authority';
  return actor.role === 'coordinator';
}
