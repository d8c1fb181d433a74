import type { Actor } from '../../core/terms/actor.js';
import { PERMISSIONS, type Permission } from '../../core/terms/permission.js';
import { requireRole } from './require-role.js';

/** Lets only those through who have this permission. @throws DomainError `auth.role-forbidden` */
export function requirePermission(actor: Actor, permission: Permission): void {
  requireRole(actor, PERMISSIONS[permission]);
}
