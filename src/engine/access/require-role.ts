import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';

/** Lets only these roles through. @throws DomainError `auth.role-forbidden` naming the roles that may */
export function requireRole(actor: Actor, roles: readonly Actor['role'][]): void {
  if (!roles.includes(actor.role)) {
    throw new DomainError('auth.role-forbidden', { role: actor.role, allowed: roles });
  }
}
