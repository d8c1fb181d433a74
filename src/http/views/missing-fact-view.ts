import type { z } from 'zod';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { MissingFact } from '../../core/gates/verdict.js';
import type { Language } from '../../core/terms/language.js';
import type { missingFactSchema } from '../schemas/missing-fact.js';
import { factLabel } from './fact-label.js';

export function missingFactView(
  { fact, owner, reason }: MissingFact,
  catalogue: FactCatalogue,
  language: Language,
): z.output<typeof missingFactSchema> {
  return { fact, label: factLabel(fact, catalogue, language), owner, reason };
}
