import { factForm, type FormSchema } from '../../core/facts/fact-form.js';
import type { Labels, Language } from '../../core/terms/language.js';
import type { TaskFormParts } from '../../engine/tasks/read-task-form.js';
import { EVIDENCE_LENGTH_MAX, NOTE_LENGTH_MAX } from '../schemas/texts.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** As `noteSchema` and `evidenceSchema`: no controls but line breaks and tabs, and whole characters. */
const PLAIN_TEXT = String.raw`(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*`;
const ANY_TEXT = `^${PLAIN_TEXT}$`;
const NO_BLANK_TEXT = String.raw`^(?=[\s\S]*\S)${PLAIN_TEXT}$`;

const WORDS = {
  values: { de: 'Angaben', fr: 'Données', it: 'Dati', sl: 'Podatki', en: 'Facts' },
  evidence: { de: 'Nachweis', fr: 'Justificatif', it: 'Documento', sl: 'Dokazilo', en: 'Evidence' },
  note: { de: 'Anmerkung', fr: 'Remarque', it: 'Nota', sl: 'Opomba', en: 'Note' },
} as const satisfies Record<string, Labels>;

/**
 * The form of a task as JSON Schema, in the reader's language: what it admits is a body that completes the task. Facts
 * are asked for by their names under `values`.
 */
export function taskForm({ task, facts, isEvidenceRequired }: TaskFormParts, language: Language): FormSchema {
  const evidence = task.evidence?.[language];
  const values = {
    type: 'object',
    title: WORDS.values[language],
    properties: Object.fromEntries(
      facts.map((definition) => [definition.name, factForm(definition, language)]),
    ),
    additionalProperties: false,
  };
  return {
    $schema: DIALECT,
    title: task.labels[language],
    ...(evidence === undefined ? {} : { description: evidence }),
    type: 'object',
    properties: {
      ...(facts.length === 0 ? {} : { values }),
      evidence: {
        type: 'string',
        title: WORDS.evidence[language],
        ...(evidence === undefined ? {} : { description: evidence }),
        minLength: 1,
        maxLength: EVIDENCE_LENGTH_MAX,
        pattern: isEvidenceRequired ? NO_BLANK_TEXT : ANY_TEXT,
      },
      note: { type: 'string', title: WORDS.note[language], maxLength: NOTE_LENGTH_MAX, pattern: ANY_TEXT },
    },
    required: isEvidenceRequired ? ['evidence'] : [],
    additionalProperties: false,
  };
}
