import { z } from 'zod';

/** One version of a definition, and the SHA-256 of its content. */
export const pinnedDefinitionSchema = z
  .strictObject({ id: z.string(), version: z.int(), hash: z.string() })
  .meta({ id: 'PinnedDefinition' });
