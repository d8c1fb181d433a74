import { z } from 'zod';
import { pageSchema } from './paging.js';

const workflowVersionSchema = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    label: z.string(),
    hash: z.string(),
    installed: z
      .boolean()
      .meta({ description: 'False: cycles live by it, and this program does not have it' }),
    cycles: z.int().meta({ description: 'Living cycles that are pinned to it' }),
    mappings: z
      .array(z.strictObject({ to: z.int(), hash: z.string(), timerPolicy: z.enum(['keep', 'restart']) }))
      .meta({ description: 'The versions into which its cycles can be migrated' }),
  })
  .meta({ id: 'WorkflowVersion' });

export const workflowPageSchema = pageSchema('WorkflowPage', workflowVersionSchema);
