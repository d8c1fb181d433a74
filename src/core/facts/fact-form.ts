import { INVISIBLE_CLASS } from '../terms/invisible-characters.js';
import type { Language } from '../terms/language.js';
import type { FactDefinition } from './fact-catalogue.js';
import { TEXT_LENGTH_MAX, type FactType } from './fact-type.js';

/** A part of a JSON Schema (draft 2020-12). */
export type FormSchema = Readonly<Record<string, unknown>>;

/** The years of `parseCalendarDate`: what looks like a date beyond them is a slip of the keyboard. */
const DATE_PATTERN = String.raw`^(19\d{2}|2[01]\d{2}|2200)-\d{2}-\d{2}$`;

/** One line with at least one character that is not blank. */
const TEXT_PATTERN = `^(?=.*\\S)[^${INVISIBLE_CLASS}]+$`;

/**
 * What a person fills in for a fact, as JSON Schema, titled in the reader's language. What it admits,
 * `checkFactValue` accepts, but for one thing: the schema counts the characters of a text, the catalogue counts
 * those beyond the Basic Multilingual Plane double. `x-unit` is the unit of a number.
 */
export function factForm(definition: FactDefinition, language: Language): FormSchema {
  return { title: definition.labels[language], ...valueForm(definition.type) };
}

function valueForm(type: FactType): FormSchema {
  switch (type.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'decimal':
      return {
        type: type.kind === 'integer' ? 'integer' : 'number',
        minimum: type.min,
        maximum: type.max,
        'x-unit': type.unit,
      };
    case 'date':
      return { type: 'string', format: 'date', pattern: DATE_PATTERN };
    case 'enum':
      return { type: 'string', enum: [...type.values] };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: TEXT_LENGTH_MAX, pattern: TEXT_PATTERN };
  }
}
