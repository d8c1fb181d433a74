import { daysOfMonth, type Grammar, type UnitForms } from './grammar.js';

/** Slovenian. Amounts stand in the nominative throughout; units know one, two, a few and many. */
export const GRAMMAR_SL: Grammar = {
  language: 'sl',
  decimalSeparator: ',',
  itemSeparator: '; ',
  groups: {
    all: 'izpolnjeni so vsi naslednji pogoji: {items}',
    any: 'izpolnjen je vsaj eden od naslednjih pogojev: {items}',
    one: 'naslednji pogoj je izpolnjen: {item}',
    not: 'naslednji pogoj ni izpolnjen: {item}',
  },
  terms: {
    days: 'število koledarskih dni {from} {to}',
    months: 'število začetih mesecev {from} {to}',
    workingDaysOwn: 'število delovnih dni regije {from} {to}',
    workingDaysNeighbours: 'najmanjše število delovnih dni v sosednjih regijah {from} {to}',
    sum: 'vsota vrednosti {of}',
    mean: 'povprečje vrednosti {of}',
    share: 'delež vrednosti {of} v vsoti vrednosti {in}',
    difference: 'razlika {of} minus {minus}',
    value: 'vrednost {fact}',
  },
  ends: {
    fromFact: 'od {fact}',
    fromToday: 'od dneva odločitve',
    toFact: 'do {fact}',
    toToday: 'do dneva odločitve',
  },
  numbers: {
    lessThan: 'je manj kot {value}',
    lessThanInclusive: 'je največ {value}',
    greaterThan: 'je več kot {value}',
    greaterThanInclusive: 'je najmanj {value}',
    equal: 'je natanko {value}',
    notEqual: 'ni natanko {value}',
  },
  dates: {
    lessThan: 'je prej kot {value}',
    lessThanInclusive: 'ni pozneje kot {value}',
    greaterThan: 'je pozneje kot {value}',
    greaterThanInclusive: 'ni prej kot {value}',
  },
  booleans: {
    isTrue: 'drži',
    isFalse: 'ne drži',
    equal: 'ima vrednost {value}',
    notEqual: 'nima vrednosti {value}',
  },
  words: {
    equal: 'je {value}',
    notEqual: 'ni {value}',
    in: 'je ena od vrednosti {values}',
    notIn: 'ni nobena od vrednosti {values}',
  },
  sameAs: 'ima enako vrednost kot {fact}',
  differsFrom: 'ima drugačno vrednost kot {fact}',
  isKnown: 'ima znano vrednost',
  yes: 'da',
  no: 'ne',
  and: 'in',
  or: 'ali',
  choice: {
    by: 'glede na {fact}: {variants}',
    variant: '{value} za {word}',
    otherwise: 'sicer: {value}',
  },
  days: daysOfMonth('{day}.'),
  monthNames: [
    'januarja',
    'februarja',
    'marca',
    'aprila',
    'maja',
    'junija',
    'julija',
    'avgusta',
    'septembra',
    'oktobra',
    'novembra',
    'decembra',
  ],
  units: {
    actions: masculine('ukrep', 'ukrepa', 'ukrepi', 'ukrepov'),
    activities: feminineOrNeuter('aktivnost', 'aktivnosti', 'aktivnosti', 'aktivnosti'),
    answers: masculine('odgovor', 'odgovora', 'odgovori', 'odgovorov'),
    'calendar days': {
      one: 'koledarski dan',
      two: 'koledarska dneva',
      few: 'koledarski dnevi',
      part: 'koledarskega dne',
      other: 'koledarskih dni',
    },
    comments: feminineOrNeuter('pripomba', 'pripombi', 'pripombe', 'pripomb'),
    countries: feminineOrNeuter('država', 'državi', 'države', 'držav'),
    diamonds: masculine('diamant', 'diamanta', 'diamanti', 'diamantov'),
    documents: masculine('dokument', 'dokumenta', 'dokumenti', 'dokumentov'),
    fields: feminineOrNeuter('področje', 'področji', 'področja', 'področij'),
    groups: feminineOrNeuter('skupina', 'skupini', 'skupine', 'skupin'),
    indicators: masculine('kazalnik', 'kazalnika', 'kazalniki', 'kazalnikov'),
    meetings: feminineOrNeuter('srečanje', 'srečanji', 'srečanja', 'srečanj'),
    months: masculine('mesec', 'meseca', 'meseci', 'mesecev'),
    people: feminineOrNeuter('oseba', 'osebi', 'osebe', 'oseb'),
    percent: masculine('odstotek', 'odstotka', 'odstotki', 'odstotkov'),
    periods: feminineOrNeuter('obdobje', 'obdobji', 'obdobja', 'obdobij'),
    points: feminineOrNeuter('točka', 'točki', 'točke', 'točk'),
    priorities: {
      one: 'prednostno področje',
      two: 'prednostni področji',
      few: 'prednostna področja',
      part: 'prednostnega področja',
      other: 'prednostnih področij',
    },
    projects: masculine('projekt', 'projekta', 'projekti', 'projektov'),
    regions: feminineOrNeuter('regija', 'regiji', 'regije', 'regij'),
    'working days': {
      one: 'delovni dan',
      two: 'delovna dneva',
      few: 'delovni dnevi',
      part: 'delovnega dne',
      other: 'delovnih dni',
    },
    workshops: feminineOrNeuter('delavnica', 'delavnici', 'delavnice', 'delavnic'),
  },
  valueWords: {
    advanced: 'napredna',
    convergence: 'konvergenčna',
    less_advanced: 'manj napredna',
    met: 'izpolnjeno',
    not_met: 'neizpolnjeno',
    not_applicable: 'nerelevantno',
  },
  consequence: {
    intro: 'če to ni izpolnjeno: {severity}',
    severities: {
      block: 'prehod ostane zaprt',
      conditional: 'prehod se odpre pod pogojem',
      warn: 'prehod se odpre z opozorilom',
    },
    action: 'pogoj: {action}, rok {months}',
  },
};

/** After a fraction stands the genitive singular, which is the dual of masculine nouns. */
function masculine(one: string, two: string, few: string, other: string): UnitForms {
  return { one, two, few, part: two, other };
}

/** After a fraction stands the genitive singular, which is the plural of feminine and neuter nouns. */
function feminineOrNeuter(one: string, two: string, few: string, other: string): UnitForms {
  return { one, two, few, part: few, other };
}
