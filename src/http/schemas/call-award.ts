import { z } from 'zod';
import { CURRENCIES } from '../../core/calls/money.js';
import { TIE_BREAKS } from '../../core/calls/ranking.js';
import { amountSchema } from './proposal.js';
import { uuidSchema, nutsCodeSchema } from './ids.js';
import { dateSchema, dayAnswerSchema, evidenceSchema, instantAnswerSchema, noteSchema } from './texts.js';

const DECISIONS_MAX = 500;

export const rankingApprovalSchema = z
  .strictObject({
    approvedOn: dateSchema.nullish().meta({ description: 'Of the joint decision; absent: today' }),
    reference: evidenceSchema.min(1).nullish(),
  })
  .meta({ id: 'RankingApproval', examples: [{ approvedOn: '2019-06-14', reference: 'Minutes 3/2019' }] });

export const regionDecisionsSchema = z
  .strictObject({
    decidedOn: dateSchema,
    reference: evidenceSchema.min(1).meta({ description: 'Number or address of the decision' }),
    decisions: z
      .array(
        z.strictObject({
          proposal: uuidSchema,
          result: z.enum(['funds', 'refuses']),
          amount: amountSchema.nullish().meta({ description: 'Absent: all that is set aside' }),
        }),
      )
      .min(1)
      .max(DECISIONS_MAX),
  })
  .meta({
    id: 'RegionDecisions',
    examples: [
      {
        decidedOn: '2019-07-01',
        reference: 'Zl. 4711/2019',
        decisions: [{ proposal: '01890a5d-ac96-774b-bcce-b302099a8057', result: 'funds' }],
      },
    ],
  });

export const settlementSchema = z
  .discriminatedUnion('way', [
    z.strictObject({
      way: z.enum(['accept-late', 'go-on-without']),
      region: nutsCodeSchema,
      reason: noteSchema.min(1),
    }),
    z.strictObject({ way: z.literal('drop'), reason: noteSchema.min(1) }),
  ])
  .meta({ id: 'ProjectSettlement' });

export const commonStartSchema = z
  .strictObject({ startOn: dateSchema })
  .meta({ id: 'CommonStart', examples: [{ startOn: '2019-10-01' }] });

const moneySchema = z.strictObject({ amount: z.string(), currency: z.enum(CURRENCIES) });

const scoreSchema = z.strictObject({
  decimal: z.string().meta({ description: 'Rounded to four places' }),
  exact: z.string().meta({ description: 'As a fraction', examples: ['13/3'] }),
});

const headShape = {
  scheme: z.string(),
  call: z.string(),
  cycleId: z.string(),
  version: z.int().meta({ description: 'Of the cycle of the call, for If-Match' }),
};

export const rankingSchema = z
  .strictObject({
    ...headShape,
    evaluations: z.array(
      z.strictObject({
        region: z.string(),
        closedOn: dayAnswerSchema.nullable().meta({ description: 'Null: not finished' }),
        closedBy: z.string().nullable(),
      }),
    ),
    waitsFor: z.array(z.string()),
    approved: z
      .strictObject({
        approvedOn: dayAnswerSchema,
        approvedBy: z.string(),
        approvedAt: instantAnswerSchema,
        reference: z.string().nullable(),
        weights: z.strictObject({
          excellence: z.number(),
          impact: z.number(),
          implementation: z.number(),
        }),
        ranked: z.array(
          z.strictObject({
            proposal: z.string(),
            acronym: z.string(),
            rank: z.int(),
            decidedBy: z.enum(TIE_BREAKS).nullable(),
            total: scoreSchema,
            criteria: z.strictObject({
              excellence: scoreSchema,
              impact: scoreSchema,
              implementation: scoreSchema,
            }),
            requests: z.array(z.strictObject({ region: z.string(), ...moneySchema.shape })),
          }),
        ),
        unranked: z.array(
          z.strictObject({
            proposal: z.string(),
            acronym: z.string(),
            reason: z.enum(['experts-lacking', 'below-threshold', 'ineligible']),
          }),
        ),
      })
      .nullable()
      .meta({ description: 'Null before the approval; it stays as it was approved' }),
  })
  .meta({ id: 'CallRanking' });

const partingSchema = z.strictObject({
  region: z.string(),
  way: z.enum(['went-on', 'left-the-call']),
  on: dayAnswerSchema,
  reason: z.string(),
});

export const blockingSchema = z
  .strictObject({
    ...headShape,
    today: dayAnswerSchema,
    rankedOn: dayAnswerSchema.nullable(),
    decideUntil: dayAnswerSchema.nullable(),
    projects: z.array(
      z.strictObject({
        proposal: z.string(),
        acronym: z.string(),
        rank: z.int(),
        kind: z.enum(['ready', 'waiting', 'blocked']),
        daysLeft: z.int(),
        regions: z.array(
          z.strictObject({
            region: z.string(),
            standing: z.enum(['funds', 'refuses', 'due', 'reminded', 'blocks', 'may-be-left']),
            decidedOn: dayAnswerSchema.nullable(),
            amount: z.string().nullable(),
            currency: z.string().nullable(),
            reference: z.string().nullable(),
            blocksSince: dayAnswerSchema.nullable().meta({ description: 'Null: it does not block' }),
            othersKeepMass: z.boolean().meta({ description: 'Critical mass without it (R14)' }),
          }),
        ),
        parted: z.array(partingSchema),
        startOn: dayAnswerSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'CallBlocking' });

const sumsShape = {
  committed: z.string(),
  reserved: z.string(),
  granted: z.string(),
  free: z.string(),
};

const purseSchema = z.enum(['own', 'pot']);

export const projectsSchema = z
  .strictObject({
    ...headShape,
    projects: z.array(
      z.strictObject({
        proposal: z.string(),
        acronym: z.string(),
        rank: z.int(),
        status: z.enum(['funded', 'unpaid', 'after-the-line', 'dropped']),
        unpaidBy: z.array(
          z.strictObject({
            region: z.string(),
            code: z.enum(['commitment.none', 'commitment.exceeded', 'commitment.currency-differs']),
            missing: moneySchema.nullable(),
          }),
        ),
        grants: z.array(
          z.strictObject({
            region: z.string(),
            ...moneySchema.shape,
            state: z.enum(['reserved', 'granted']),
            charges: z.array(
              z.strictObject({ region: z.string(), purse: purseSchema, ...moneySchema.shape }),
            ),
          }),
        ),
        parted: z.array(partingSchema),
        droppedReason: z.string().nullable(),
        startOn: dayAnswerSchema.nullable(),
      }),
    ),
    money: z
      .strictObject({
        rows: z.array(
          z.strictObject({ region: z.string(), purse: purseSchema, currency: z.string(), ...sumsShape }),
        ),
        totals: z.array(z.strictObject({ currency: z.string(), ...sumsShape })),
      })
      .meta({ description: 'Per row: committed = reserved + granted + free' }),
  })
  .meta({ id: 'CallProjects' });
