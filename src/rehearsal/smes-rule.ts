import type { EligibilityRuleDefinition } from '../core/calls/eligibility-rules.js';

/** The one rule of eligibility that a rehearsed annex has: so many small or medium-sized partners from the region. */
export function smesRule(smesMin: number): EligibilityRuleDefinition {
  return {
    id: 'smes-of-the-region',
    labels: {
      de: `Mindestens ${smesMin} kleine oder mittlere Unternehmen aus der Region`,
      fr: `Au moins ${smesMin} petites ou moyennes entreprises de la région`,
      it: `Almeno ${smesMin} piccole o medie imprese della regione`,
      sl: `Število malih ali srednjih podjetij iz regije: vsaj ${smesMin}`,
      en: `At least ${smesMin} small or medium-sized enterprises from the region`,
    },
    source: null,
    conditions: { all: [{ fact: 'part.smes', operator: 'greaterThanInclusive', value: smesMin }] },
  };
}
