import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';

/**
 * Lets only these roles through. The steering group may whatever an auditor may: it reads.
 *
 * @throws DomainError `auth.role-forbidden` naming the roles that may
 */
export function requireRole(actor: Actor, roles: readonly Actor['role'][]): void {
  const role = actor.role === 'steering_group' ? 'auditor' : actor.role;
  if (!roles.includes(actor.role) && !roles.includes(role)) {
    throw new DomainError('auth.role-forbidden', { role: actor.role, allowed: roles });
  }
}
