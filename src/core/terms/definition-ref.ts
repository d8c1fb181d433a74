import { z } from 'zod';

/** Names one version of a workflow, a rulebook or a fact catalogue. */
export const definitionRefSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.int().positive(),
});

export type DefinitionRef = Readonly<z.infer<typeof definitionRefSchema>>;

/** A version together with the hash of its content (lower-case hex SHA-256 of the canonical JSON). */
export interface PinnedDefinition extends DefinitionRef {
  readonly hash: string;
}
