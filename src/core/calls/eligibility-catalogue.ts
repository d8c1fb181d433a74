import type { FactCatalogue, FactDefinition } from '../facts/fact-catalogue.js';
import { deepFreeze } from '../terms/deep-freeze.js';
import type { Labels } from '../terms/language.js';

const COUNT_MAX = 1_000;
/** As far as a request of fifteen digits, two of them behind the point, goes. */
const AMOUNT_MAX = 9_999_999_999_999.99;

/**
 * What the eligibility conditions of a call may ask about: `consortium.*` is the same for every region of it, `part.*`
 * is about the partners of the region that asks. Nobody records these: they are read off the partners.
 */
const LABELS: Readonly<Record<string, readonly [unit: string, Labels]>> = {
  'consortium.partners': [
    'partners',
    {
      de: 'Partner des Konsortiums',
      fr: 'Partenaires du consortium',
      it: 'Partner del consorzio',
      sl: 'Partnerji konzorcija',
      en: 'Partners of the consortium',
    },
  ],
  'consortium.regions': [
    'regions',
    {
      de: 'Regionen des Konsortiums',
      fr: 'Régions du consortium',
      it: 'Regioni del consorzio',
      sl: 'Regije konzorcija',
      en: 'Regions of the consortium',
    },
  ],
  'consortium.countries': [
    'countries',
    {
      de: 'Länder des Konsortiums',
      fr: 'Pays du consortium',
      it: 'Paesi del consorzio',
      sl: 'Države konzorcija',
      en: 'Countries of the consortium',
    },
  ],
  'consortium.smes': [
    'partners',
    {
      de: 'Kleine und mittlere Unternehmen im Konsortium',
      fr: 'Petites et moyennes entreprises du consortium',
      it: 'Piccole e medie imprese nel consorzio',
      sl: 'Mala in srednja podjetja v konzorciju',
      en: 'Small and medium-sized enterprises in the consortium',
    },
  ],
  'consortium.sme_countries': [
    'countries',
    {
      de: 'Länder mit einem kleinen oder mittleren Unternehmen im Konsortium',
      fr: 'Pays représentés par une petite ou moyenne entreprise dans le consortium',
      it: 'Paesi con una piccola o media impresa nel consorzio',
      sl: 'Države z malim ali srednjim podjetjem v konzorciju',
      en: 'Countries with a small or medium-sized enterprise in the consortium',
    },
  ],
  'consortium.large': [
    'partners',
    {
      de: 'Große Unternehmen im Konsortium',
      fr: 'Grandes entreprises du consortium',
      it: 'Grandi imprese nel consorzio',
      sl: 'Velika podjetja v konzorciju',
      en: 'Large enterprises in the consortium',
    },
  ],
  'consortium.research': [
    'partners',
    {
      de: 'Forschungseinrichtungen im Konsortium',
      fr: 'Organismes de recherche du consortium',
      it: 'Organismi di ricerca nel consorzio',
      sl: 'Raziskovalne organizacije v konzorciju',
      en: 'Research organisations in the consortium',
    },
  ],
  'part.partners': [
    'partners',
    {
      de: 'Partner aus der Region',
      fr: 'Partenaires de la région',
      it: 'Partner della regione',
      sl: 'Partnerji iz regije',
      en: 'Partners from the region',
    },
  ],
  'part.smes': [
    'partners',
    {
      de: 'Kleine und mittlere Unternehmen aus der Region',
      fr: 'Petites et moyennes entreprises de la région',
      it: 'Piccole e medie imprese della regione',
      sl: 'Mala in srednja podjetja iz regije',
      en: 'Small and medium-sized enterprises from the region',
    },
  ],
  'part.large': [
    'partners',
    {
      de: 'Große Unternehmen aus der Region',
      fr: 'Grandes entreprises de la région',
      it: 'Grandi imprese della regione',
      sl: 'Velika podjetja iz regije',
      en: 'Large enterprises from the region',
    },
  ],
  'part.research': [
    'partners',
    {
      de: 'Forschungseinrichtungen aus der Region',
      fr: 'Organismes de recherche de la région',
      it: 'Organismi di ricerca della regione',
      sl: 'Raziskovalne organizacije iz regije',
      en: 'Research organisations from the region',
    },
  ],
  'part.public': [
    'partners',
    {
      de: 'Öffentliche Stellen aus der Region',
      fr: 'Organismes publics de la région',
      it: 'Enti pubblici della regione',
      sl: 'Javni organi iz regije',
      en: 'Public bodies from the region',
    },
  ],
  'part.civil': [
    'partners',
    {
      de: 'Partner der Zivilgesellschaft aus der Region',
      fr: 'Partenaires de la société civile de la région',
      it: 'Partner della società civile della regione',
      sl: 'Partnerji civilne družbe iz regije',
      en: 'Civil society partners from the region',
    },
  ],
  'part.clusters': [
    'partners',
    {
      de: 'Clusterinitiativen aus der Region',
      fr: 'Initiatives de cluster de la région',
      it: 'Iniziative cluster della regione',
      sl: 'Grozdne pobude iz regije',
      en: 'Cluster initiatives from the region',
    },
  ],
  'part.requested': [
    'units of its currency',
    {
      de: 'Bei der Region beantragte Mittel',
      fr: 'Montant demandé à la région',
      it: 'Fondi richiesti alla regione',
      sl: 'Zaprošena sredstva regije',
      en: 'Money requested from the region',
    },
  ],
};

/** The name of the one that is an amount of money; the others are counts. */
export const REQUESTED_FACT = 'part.requested';

export const ELIGIBILITY_CATALOGUE: FactCatalogue = new Map(
  Object.entries(LABELS).map(([name, [unit, labels]]): [string, FactDefinition] => [
    name,
    deepFreeze({
      name,
      type:
        name === REQUESTED_FACT
          ? { kind: 'decimal', min: 0, max: AMOUNT_MAX, unit }
          : { kind: 'integer', min: 0, max: COUNT_MAX, unit },
      owner: 'engine',
      scope: 'cycle',
      staleAfterMonths: null,
      labels,
    }),
  ]),
);
