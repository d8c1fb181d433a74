import { z } from 'zod';

const answerSchema = z.enum(['yes', 'no', 'undecided']);

const gateProofSchema = z
  .strictObject({
    gate: z.string(),
    label: z.string(),
    canOpen: answerSchema.meta({ description: '`no`: shut for ever' }),
    canFail: answerSchema.meta({ description: '`no`: it keeps nobody out' }),
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        label: z.string(),
        canPass: answerSchema,
        canFail: answerSchema,
        matters: answerSchema.meta({ description: '`no`: the other rules of the gate imply it, it is dead' }),
      }),
    ),
    contradictions: z.array(z.array(z.string())).meta({ description: 'Pairs of rules that never both pass' }),
    undecidedPairs: z.array(z.array(z.string())),
  })
  .meta({ id: 'GateProof' });

/** What is true of every gate for all facts that there can be; `yes` has an example, `no` is proved. */
export const proofsSchema = z
  .strictObject({ gates: z.array(gateProofSchema) })
  .meta({ id: 'RulebookProofs' });
