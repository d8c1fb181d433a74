import { z } from 'zod';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';

/** A fact that a gate waits for, and who fills it. */
export const missingFactSchema = z
  .strictObject({
    fact: z.string(),
    label: z.string(),
    owner: z.enum(STAKEHOLDER_ROLES),
    reason: z.enum(['missing', 'stale', 'imprecise']),
  })
  .meta({ id: 'MissingFact' });
