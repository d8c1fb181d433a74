import { z } from 'zod';
import { CAUSES } from '../../core/gates/split-difference.js';
import { pinnedDefinitionSchema } from './definition.js';
import { VERDICT_WORDS } from './gate.js';
import { decidedFactSchema } from './stored-decision.js';
import { dayAnswerSchema } from './texts.js';

const RESULTS = ['pass', 'fail', 'unknown', 'waived'] as const;

const causeSchema = z.enum(CAUSES);

const verdictSchema = z
  .enum(VERDICT_WORDS)
  .nullable()
  .meta({ description: 'Null: the rulebook has no such gate' });

const causesSchema = z.array(z.array(causeSchema)).meta({
  description:
    'The smallest sets of causes that lead to what holds today while all else stays as it was; a set of more than one is an interaction',
});

const stepSchema = z.strictObject({ cause: causeSchema, verdict: verdictSchema });

const factSchema = decidedFactSchema.omit({ isStale: true }).nullable();

/** Whether a decision would be the same today, and because of what it would not. */
export const decisionTodaySchema = z
  .strictObject({
    decision: z.string(),
    gate: z.string(),
    isSame: z.boolean().meta({ description: 'Whether the verdict is the same' }),
    was: z.strictObject({
      verdict: verdictSchema,
      today: dayAnswerSchema,
      rulebook: pinnedDefinitionSchema,
    }),
    now: z.strictObject({ verdict: verdictSchema, today: dayAnswerSchema, rulebook: pinnedDefinitionSchema }),
    causes: causesSchema,
    alone: z.array(stepSchema).meta({ description: 'Each cause by itself' }),
    inOrder: z.array(stepSchema).meta({ description: 'One cause on top of the other; the last is today' }),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        was: z.enum(RESULTS).nullable(),
        now: z.enum(RESULTS).nullable(),
        causes: causesSchema,
      }),
    ),
    facts: z
      .array(z.strictObject({ fact: z.string(), label: z.string(), was: factSchema, now: factSchema }))
      .meta({ description: 'Facts of the gate that are recorded otherwise today' }),
  })
  .meta({ id: 'DecisionToday' });
