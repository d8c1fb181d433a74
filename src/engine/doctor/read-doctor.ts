import type { Actor } from '../../core/terms/actor.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import type { Examination } from './examination.js';
import { examine } from './examine.js';

/** Examines now, for a person, and writes nothing. @throws DomainError `auth.role-forbidden` */
export async function readDoctor(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly deep?: boolean },
): Promise<Examination> {
  requireRole(query.actor, ['coordinator', 'administrator', 'auditor', 'steering_group', 'system']);
  return examine(deps, { deep: query.deep ?? false });
}
