import { z } from 'zod';
import { pageSchema } from './paging.js';
import { instantAnswerSchema } from './texts.js';

const versionSchema = z.strictObject({ version: z.int(), hash: z.string() });

const entrySchema = z
  .strictObject({
    sequence: z.int(),
    kind: z.enum([
      'opened',
      'transition',
      'refusal',
      'facts',
      'task',
      'milestone',
      'sync',
      'activity',
      'call',
      'waiver',
      'waiver-ended',
      'rulebook',
      'incident',
      'timer',
      'reverted',
      'migrated',
      'migration-reverted',
      'modified',
      'baseline',
    ]),
    at: instantAnswerSchema,
    actor: z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
    workflow: versionSchema,
    rulebook: versionSchema,
    details: z.record(z.string(), z.unknown()).meta({ description: 'Of a shape of its own for each kind' }),
  })
  .meta({ id: 'HistoryEntry' });

export const historyPageSchema = pageSchema('HistoryPage', entrySchema);
