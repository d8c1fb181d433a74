import { z } from 'zod';

/**
 * Who acts in a procedure step or fills a fact (domain guide, section 5). Finer than an account's role:
 * until a region has accounts for its cluster managers or funding agency, its authority acts for them.
 */
export const STAKEHOLDER_ROLES = [
  'coordinator',
  'regional_authority',
  'cluster_manager',
  'funding_agency',
  'expert',
  'stakeholder',
  'survey_import',
  'administrator',
  'engine',
] as const;

export type StakeholderRole = (typeof STAKEHOLDER_ROLES)[number];

export const stakeholderRoleSchema = z.enum(STAKEHOLDER_ROLES);

/** What an account may do. `authority` belongs to one region; the others to the whole scheme. The steering group
 * reads all and is told when a coordinator does not act. */
export const ACCOUNT_ROLES = [
  'coordinator',
  'authority',
  'administrator',
  'auditor',
  'steering_group',
] as const;

export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** The account role that answers for a stakeholder role; null for the engine, which no person acts for. */
export function accountRoleFor(role: StakeholderRole): AccountRole | null {
  if (role === 'engine') return null;
  if (role === 'coordinator' || role === 'administrator') return role;
  return 'authority';
}
