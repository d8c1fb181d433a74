import { z } from 'zod';
import { DATE_PRECISIONS } from '../../core/calendar/date-span.js';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { pageSchema } from './paging.js';
import {
  dateSchema,
  dayAnswerSchema,
  evidenceSchema,
  instantAnswerSchema,
  labelsAnswerSchema,
  nameSchema,
  noteSchema,
} from './texts.js';

/** Most facts in one report; the catalogue has fewer. */
export const FACTS_MAX = 200;

const scalarSchema = z.union([z.boolean(), z.number(), z.string()]);

/** Its type is for the catalogue to judge; here only that it is a scalar, or null to take the fact back. */
export const reportedValueSchema = z
  .unknown()
  .superRefine((value, context) => {
    if (value === undefined) {
      context.addIssue({ code: 'custom', params: { code: 'schema.missing' }, message: 'a value is needed' });
    } else if (typeof value === 'object' && value !== null) {
      context.addIssue({
        code: 'custom',
        params: { code: 'fact.wrong-type' },
        message: 'true, false, a number, a text or null',
      });
    }
  })
  .meta({
    type: ['boolean', 'number', 'string', 'null'],
    description: 'As the catalogue says; a date is YYYY-MM-DD; null takes the fact back',
  });

export const reportedFactSchema = z
  .strictObject({
    fact: nameSchema,
    value: reportedValueSchema,
    observedOn: dateSchema.nullish(),
    precision: z.enum(DATE_PRECISIONS).nullish().meta({ description: 'Of a date; absent: to the day' }),
    evidence: evidenceSchema.nullish(),
    note: noteSchema.nullish(),
  })
  .meta({ id: 'ReportedFact' });

export const reportedFactsSchema = z.array(reportedFactSchema).max(FACTS_MAX);

export const factReportSchema = z
  .strictObject({ facts: z.array(reportedFactSchema).min(1).max(FACTS_MAX) })
  .meta({
    id: 'FactReport',
    examples: [
      {
        facts: [
          { fact: 'gov.body_named', value: true, evidence: 'Cabinet decision 2016/114' },
          { fact: 'gov.mandate_signed_on', value: '2016-11-15', precision: 'day' },
        ],
      },
    ],
  });

const recordedFactSchema = z
  .strictObject({
    fact: z.string(),
    value: scalarSchema,
    precision: z.enum(DATE_PRECISIONS).nullable(),
    observedOn: dayAnswerSchema.nullable(),
    evidence: z.string().nullable(),
    note: z.string().nullable(),
    recordedBy: z.string(),
    recordedAt: instantAnswerSchema,
    cycleNumber: z.int(),
  })
  .meta({ id: 'RecordedFact' });

export const cycleFactsSchema = z
  .strictObject({ cycle: z.string(), version: z.int(), facts: z.array(recordedFactSchema) })
  .meta({ id: 'CycleFacts' });

const factDefinitionSchema = z
  .strictObject({
    name: z.string(),
    type: z.enum(['boolean', 'integer', 'decimal', 'date', 'enum', 'text']),
    unit: z.string().nullable(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    values: z.array(z.string()).nullable().meta({ description: 'The words of an enumeration' }),
    owner: z.enum(STAKEHOLDER_ROLES),
    scope: z.enum(['cycle', 'region']),
    staleAfterMonths: z.int().nullable(),
    meanOf: z.array(z.string()).nullable().meta({ description: 'Derived: nobody can record it' }),
    label: z.string(),
    labels: labelsAnswerSchema,
  })
  .meta({ id: 'FactDefinition' });

export const cataloguePageSchema = pageSchema('FactCatalogue', factDefinitionSchema);
