import type { FactDefinition } from '../../core/facts/fact-catalogue.js';
import type { Actor } from '../../core/terms/actor.js';
import { accountRoleFor } from '../../core/terms/role.js';

/**
 * Whether this person may record the fact. An authority speaks for everybody in its region and may pass on what the
 * coordinator's office would fill; what the administrator answers for (a region's class) only an administrator can
 * change, and nobody a derived fact.
 */
export function mayRecord(actor: Pick<Actor, 'role'>, definition: FactDefinition): boolean {
  const role = accountRoleFor(definition.owner);
  if (role === null) return false;
  if (actor.role === 'system') return true;
  if (role === 'administrator') return actor.role === 'administrator';
  return actor.role === 'authority' || actor.role === 'coordinator';
}
