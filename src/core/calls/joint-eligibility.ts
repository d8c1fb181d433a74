import { deepFreeze } from '../terms/deep-freeze.js';
import type { EligibilityRuleDefinition } from './eligibility-rules.js';

/**
 * What is asked of every consortium where a call says nothing else: partners from two regions of two countries.
 *
 * Source of two countries: ERA-LEARN, conditions of the co-funded call
 * (https://www.era-learn.eu/support-for-partnerships/cofunded-p2p/era-net-cofund/era-net-cofund-under-horizon-2020-2013-background-information/what-are-the-conditions-for-the-implementation-of-the-co-funded-call).
 */
export const JOINT_ELIGIBILITY_DEFAULT: readonly EligibilityRuleDefinition[] = deepFreeze([
  {
    id: 'two-countries',
    labels: {
      de: 'Partner aus mindestens zwei Regionen in zwei Ländern',
      fr: 'Partenaires d’au moins deux régions dans deux pays',
      it: 'Partner di almeno due regioni in due paesi',
      sl: 'Partnerji iz najmanj dveh regij v dveh državah',
      en: 'Partners from at least two regions in two countries',
    },
    source: 'ERA-NET Cofund: two countries (ERA-LEARN, conditions of the co-funded call)',
    conditions: {
      all: [
        { fact: 'consortium.regions', operator: 'greaterThanInclusive', value: 2 },
        { fact: 'consortium.countries', operator: 'greaterThanInclusive', value: 2 },
      ],
    },
  },
]);
