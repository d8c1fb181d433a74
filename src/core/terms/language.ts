import { z } from 'zod';

/** The five languages of the Alpine regions' stakeholders; codes of ISO 639-1. */
export const LANGUAGES = ['de', 'fr', 'it', 'sl', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

export const languageSchema = z.enum(LANGUAGES);

const LABEL_LENGTH_MAX = 500;
const labelSchema = z.string().trim().min(1).max(LABEL_LENGTH_MAX);

/** One text in all five languages; a missing language is refused when a definition is loaded. */
export const labelsSchema = z.strictObject({
  de: labelSchema,
  fr: labelSchema,
  it: labelSchema,
  sl: labelSchema,
  en: labelSchema,
});

export type Labels = Readonly<z.infer<typeof labelsSchema>>;
