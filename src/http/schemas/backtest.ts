import { z } from 'zod';
import { gateIdSchema } from './stored-decision.js';
import { VERDICT_WORDS } from './gate.js';
import { nutsCodeSchema } from './ids.js';
import { pinnedDefinitionSchema } from './definition.js';
import { rulebookQuerySchema } from './rulebook.js';
import { dayAnswerSchema, instantAnswerSchema } from './texts.js';

const RESULTS = ['pass', 'fail', 'unknown', 'waived'] as const;

const verdictSchema = z
  .enum(VERDICT_WORDS)
  .nullable()
  .meta({ description: 'Null: the rulebook has no such gate' });

const ruleChangeSchema = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    before: z.enum(RESULTS).nullable().meta({ description: 'Null: the rule was not asked' }),
    after: z.enum(RESULTS).nullable().meta({ description: 'Null: the rule is not asked' }),
  })
  .meta({ id: 'RuleChange' });

export const backtestRequestSchema = z
  .strictObject({
    ...rulebookQuerySchema.shape,
    region: nutsCodeSchema.optional(),
    gate: gateIdSchema.optional(),
  })
  .meta({ id: 'BacktestRequest', examples: [{ gate: 'agenda_setting.exit' }] });

/** A backtest of a draft; the draft names its rulebook. */
export const draftBacktestRequestSchema = backtestRequestSchema
  .pick({ region: true, gate: true })
  .meta({ id: 'DraftBacktestRequest' });

const flipSchema = z
  .strictObject({
    decision: z.string(),
    cycle: z.string(),
    region: z.string(),
    gate: z.string(),
    at: instantAnswerSchema,
    today: dayAnswerSchema,
    before: z.enum(VERDICT_WORDS),
    after: verdictSchema,
    rules: z.array(ruleChangeSchema).meta({ description: 'The rules that caused it' }),
  })
  .meta({ id: 'Flip' });

export const backtestSchema = z
  .strictObject({
    rulebook: pinnedDefinitionSchema,
    decisions: z.int().meta({ description: 'How many were run' }),
    flipped: z.int(),
    newlyAdmitted: z.int(),
    newlyRefused: z.int(),
    flips: z.array(flipSchema),
    isComplete: z
      .boolean()
      .meta({ description: 'False: a bound has cut the decisions or the list of flips' }),
  })
  .meta({ id: 'Backtest' });

const divergenceSchema = z
  .strictObject({
    decision: z.string(),
    cycle: z.string(),
    region: z.string(),
    gate: z.string(),
    at: instantAnswerSchema,
    live: z.enum(VERDICT_WORDS),
    shadow: verdictSchema,
    rulebookHash: z.string().meta({ description: 'Of the draft as it was then' }),
    rules: z.array(ruleChangeSchema),
  })
  .meta({ id: 'Divergence' });

/** A page of divergences, with the counts over all of them. */
export const shadowReportSchema = z
  .strictObject({
    draft: z.string(),
    decisions: z.int().meta({ description: 'How many the draft was tried on' }),
    diverging: z.int(),
    items: z.array(divergenceSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ShadowReport' });
