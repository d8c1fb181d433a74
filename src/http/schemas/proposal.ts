import { z } from 'zod';
import { PARTNER_KINDS } from '../../core/calls/consortium.js';
import { CURRENCIES } from '../../core/calls/money.js';
import { PARTNERS_MAX } from '../../engine/proposals/submit-proposal.js';
import { leafSchema } from './gate.js';
import { nutsCodeSchema, schemeIdSchema, uuidSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

const ACRONYM_LENGTH_MAX = 40;
const AMOUNT_LENGTH_MAX = 16;

/** Of a joint call; unique within its scheme. */
export const callKeySchema = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'upper-case letters, digits and single hyphens')
  .meta({ examples: ['ENERGY'] });

/** With several schemes, the scheme has to be named. */
export const callSchemeQuerySchema = z.strictObject({ scheme: schemeIdSchema.optional() });

export const proposalQuerySchema = z.strictObject({ ...pageQueryShape, scheme: schemeIdSchema.optional() });

/** What one region says of one proposal. */
export const regionalPathSchema = z.strictObject({
  key: callKeySchema,
  id: uuidSchema,
  nuts: nutsCodeSchema,
});

/** Money is a decimal in text: a number could not hold every cent. */
export const amountSchema = z
  .string()
  .max(AMOUNT_LENGTH_MAX)
  .regex(/^(0|[1-9]\d*)(\.\d{1,2})?$/, 'a decimal with at most two places')
  .meta({ examples: ['125000.00'] });

export const newProposalSchema = z
  .strictObject({
    title: nameSchema,
    acronym: nameSchema.max(ACRONYM_LENGTH_MAX).meta({ description: 'Unique among those that stand' }),
    partners: z
      .array(
        z.strictObject({
          organisation: nameSchema,
          region: nutsCodeSchema,
          kind: z.enum(PARTNER_KINDS).nullable().meta({ description: 'Null: not shown yet' }),
          requested: amountSchema.meta({ description: 'In the currency of its region' }),
        }),
      )
      .min(1)
      .max(PARTNERS_MAX),
  })
  .meta({
    id: 'NewProposal',
    examples: [
      {
        title: 'Heat from waste water',
        acronym: 'WARMWATER',
        partners: [
          { organisation: 'Pumpen GmbH', region: 'AT31', kind: 'sme', requested: '125000.00' },
          { organisation: 'Energetika d.o.o.', region: 'SI0', kind: 'sme', requested: '80000.50' },
        ],
      },
    ],
  });

export const withdrawalSchema = z
  .strictObject({ reason: noteSchema.min(1).nullish() })
  .meta({ id: 'ProposalWithdrawal', examples: [{ reason: 'A partner has left the consortium.' }] });

export const eligibilityCheckSchema = z
  .strictObject({
    overrule: z
      .strictObject({ result: z.enum(['eligible', 'ineligible']), reason: noteSchema.min(1) })
      .nullish()
      .meta({ description: 'What the authority says against the rules; absent: they stand' }),
  })
  .meta({
    id: 'EligibilityCheck',
    examples: [{ overrule: { result: 'eligible', reason: 'The third partner has shown its size.' } }],
  });

export const expertDeclarationSchema = z
  .strictObject({
    expert: nameSchema.meta({ description: 'Account or register id; no name' }),
    region: nutsCodeSchema.nullable().meta({ description: 'Where the expert works; null: outside' }),
    declaredOn: dateSchema.nullable().meta({ description: 'Of the signed declaration; null: to come' }),
    hasConflict: z.boolean().default(false),
  })
  .meta({
    id: 'ExpertDeclaration',
    examples: [{ expert: 'expert-17', region: null, declaredOn: '2019-04-02', hasConflict: false }],
  });

const scoreSchema = z.number().min(0).max(100);
const scoresSchema = z.strictObject({
  excellence: scoreSchema,
  impact: scoreSchema,
  implementation: scoreSchema,
});

export const newReviewSchema = z
  .strictObject({ expert: nameSchema, scores: scoresSchema, comments: noteSchema.nullish() })
  .meta({
    id: 'NewReview',
    examples: [{ expert: 'expert-17', scores: { excellence: 4, impact: 3.5, implementation: 4 } }],
  });

const wordSchema = z.enum(['eligible', 'ineligible', 'unknown']);

const judgementSchema = z
  .strictObject({
    result: wordSchema,
    reasons: z.array(
      z.strictObject({
        rule: z.string(),
        label: z.string(),
        result: z.enum(['fail', 'unknown']),
        leaves: z.array(leafSchema),
      }),
    ),
  })
  .meta({ id: 'EligibilityJudgement' });

export const proposalSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    call: z.string(),
    title: z.string(),
    acronym: z.string(),
    status: z.enum(['submitted', 'withdrawn']),
    submittedAt: instantAnswerSchema,
    submittedBy: z.string(),
    withdrawnAt: instantAnswerSchema.nullable(),
    partners: z.array(
      z.strictObject({
        organisation: z.string(),
        region: z.string(),
        kind: z.enum(PARTNER_KINDS).nullable(),
        requested: z.string(),
        currency: z.enum(CURRENCIES),
      }),
    ),
    eligibility: z.strictObject({
      result: wordSchema,
      joint: judgementSchema,
      regions: z.array(
        z.strictObject({
          region: z.string(),
          result: wordSchema.meta({ description: 'Unknown until its authority has checked it' }),
          judged: judgementSchema,
          checkedBy: z.string().nullable(),
          checkedAt: instantAnswerSchema.nullable(),
          overruled: z.enum(['eligible', 'ineligible']).nullable(),
          reason: z.string().nullable(),
          isIn: z.boolean().meta({ description: 'Whether the region takes part in the call' }),
        }),
      ),
    }),
    evaluation: z.strictObject({
      experts: z.int().meta({ description: 'Independent, with a signed declaration' }),
      reviews: z.int(),
      lacking: z.int().meta({ description: 'Independent reviews that are lacking' }),
      isFinished: z.boolean(),
    }),
    version: z.int(),
  })
  .meta({ id: 'Proposal' });

export const proposalPageSchema = pageSchema('ProposalPage', proposalSchema);

export const reviewListSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          expert: z.string(),
          region: z.string().nullable(),
          declaredOn: dayAnswerSchema.nullable(),
          hasConflict: z.boolean(),
          review: z
            .strictObject({
              scores: scoresSchema,
              comments: z.string().nullable(),
              recordedAt: instantAnswerSchema,
            })
            .nullable(),
          fault: z
            .enum(['expert.twice', 'expert.undeclared', 'expert.from-applicant-region'])
            .nullable()
            .meta({ description: 'Why the review does not count' }),
        })
        .meta({ id: 'ExpertReview' }),
    ),
  })
  .meta({ id: 'ExpertReviewList' });
