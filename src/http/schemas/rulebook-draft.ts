import { z } from 'zod';
import { LIFE_STATES } from '../../core/rulebooks/rulebook-life.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { rulebookIdSchema } from './rulebook.js';
import { pinnedDefinitionSchema } from './definition.js';
import { uuidSchema } from './ids.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

const VERSION_MAX = 1_000_000;
const NEIGHBOURS_MAX = 50;
const SETTLEMENTS_MAX = 1_000;
const POINTER_LENGTH_MAX = 500;
const VERDICTS = ['pass', 'conditional', 'waived', 'fail', 'unknown'] as const;
const LIFE_EVENTS = [
  'edit',
  'test',
  'check',
  'sign',
  'approve',
  'publish',
  'publish-emergency',
  'retire',
  'discard',
] as const;

const reasonSchema = noteSchema.min(1);
const versionNumberSchema = z.int().min(1).max(VERSION_MAX);

export const draftListQuerySchema = z.strictObject(pageQueryShape);

export const newDraftSchema = z
  .strictObject({
    from: versionNumberSchema.meta({ description: 'The version to begin with; also a retired one' }),
    rulebook: rulebookIdSchema.optional(),
    reason: reasonSchema,
  })
  .meta({ id: 'NewDraft', examples: [{ from: 1, reason: 'The survey needs more answers' }] });

/** The engine judges it, with pointers into it: here it need only be an object. */
export const draftContentSchema = z
  .record(z.string(), z.unknown())
  .meta({ id: 'RulebookDefinition', description: 'In the format of the files under rules/' });

export const draftPatchSchema = z.record(z.string(), z.unknown()).meta({
  id: 'RulebookPatch',
  description: 'A JSON Merge Patch (RFC 7396) on the definition; a list is replaced as a whole',
});

export const draftTestSchema = z
  .strictObject({
    calendar: nameSchema.optional().meta({ description: 'Of which region; absent: the first one, by id' }),
    neighbourCalendars: z.array(nameSchema).max(NEIGHBOURS_MAX).optional(),
  })
  .meta({ id: 'DraftTest', examples: [{ calendar: 'DE-BY', neighbourCalendars: ['AT-5'] }] });

export const reasonBodySchema = z
  .strictObject({ reason: reasonSchema })
  .meta({ id: 'Reason', examples: [{ reason: 'Agreed in the steering group' }] });

export const draftPublicationSchema = z
  .union([
    z.strictObject({ effectiveFrom: dateSchema }),
    z.strictObject({
      emergency: z.strictObject({
        reason: reasonSchema,
        endsOn: dateSchema.meta({ description: 'The last day on which it counts' }),
      }),
    }),
  ])
  .meta({ id: 'DraftPublication', examples: [{ effectiveFrom: '2017-09-01' }] });

export const draftMergeSchema = z
  .strictObject({
    with: uuidSchema,
    settle: z
      .array(
        z.strictObject({ pointer: z.string().max(POINTER_LENGTH_MAX), take: z.enum(['mine', 'theirs']) }),
      )
      .max(SETTLEMENTS_MAX)
      .optional()
      .meta({ description: 'Clashes that were shown before, and whose side is taken in each' }),
  })
  .meta({ id: 'DraftMerge' });

const reportSchema = z.strictObject({
  ranAt: instantAnswerSchema,
  ranBy: z.string(),
  calendar: z.string(),
  neighbourCalendars: z.array(z.string()),
  cases: z.int(),
  failing: z.int(),
  mismatches: z.array(
    z.strictObject({ testCase: z.string(), rule: z.string(), expected: z.string(), actual: z.string() }),
  ),
  coverage: z.strictObject({
    ratio: z.number(),
    min: z.number(),
    missing: z.array(z.unknown()),
    notMeasured: z.boolean().meta({ description: 'True: nothing was measured, and the ratio says nothing' }),
  }),
});

const checkSchema = z.strictObject({
  checkedAt: instantAnswerSchema,
  checkedBy: z.string(),
  workflows: z.array(pinnedDefinitionSchema),
  alarms: z.array(z.strictObject({ code: z.string(), message: z.string(), witness: z.unknown() })),
  notChecked: z.boolean().meta({ description: 'True: nothing was checked, and no alarm says nothing' }),
});

const draftShape = {
  id: z.string(),
  rulebook: z.string(),
  base: z.strictObject({ version: z.int(), hash: z.string() }),
  hash: z.string(),
  state: z.enum(LIFE_STATES),
  possible: z.array(z.enum(LIFE_EVENTS)),
  author: z.string(),
  authors: z.array(z.string()).meta({ description: 'Everybody who has written its content' }),
  reason: z.string(),
  version: z.int(),
  report: reportSchema.nullable().meta({ description: 'Null: its tests were not run on this content' }),
  check: checkSchema.nullable().meta({ description: 'Null: it was not checked with this content' }),
  approved: z.strictObject({ by: z.string(), at: instantAnswerSchema }).nullable(),
  signed: z.strictObject({ by: z.string(), at: instantAnswerSchema, reason: z.string() }).nullable(),
  emergencyEndsOn: dayAnswerSchema.nullable(),
  publishedVersion: z.int().nullable(),
  createdAt: instantAnswerSchema,
  changedAt: instantAnswerSchema,
};

export const draftSchema = z.strictObject(draftShape).meta({ id: 'Draft' });

export const draftPageSchema = pageSchema('DraftPage', draftSchema);

export const draftWithContentSchema = z
  .strictObject({
    ...draftShape,
    definition: draftContentSchema,
    publishedSince: z
      .array(z.int())
      .meta({ description: 'Versions published since it was made, whose changes it does not have' }),
    sentences: z
      .record(z.string(), z.strictObject({ title: z.string(), sentence: z.string(), severity: z.string() }))
      .meta({ description: "What each rule says, in the reader's language" }),
    history: z.array(
      z.strictObject({
        kind: z.string(),
        at: instantAnswerSchema,
        actor: z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'DraftWithContent' });

export const impactSchema = z
  .strictObject({
    cycles: z.int().meta({ description: 'Living cycles that were looked at' }),
    gates: z.int().meta({ description: 'Gates before them that were judged by both' }),
    changes: z.array(
      z.strictObject({
        region: z.string(),
        cycle: z.string(),
        stage: z.string(),
        gate: z.string(),
        to: z.string(),
        old: z.enum(VERDICTS),
        new: z.enum(VERDICTS),
        failing: z.array(z.string()),
        missing: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Impact' });
