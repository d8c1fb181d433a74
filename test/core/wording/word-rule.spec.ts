import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Language } from '../../../src/core/terms/language.js';
import { renderCondition } from '../../../src/core/wording/render-condition.js';
import { wordRule } from '../../../src/core/wording/word-rule.js';
import { catalogue, meant, rule, rulebook, worded, wordingOf } from './wording-fixtures.js';

type InLanguages = Readonly<Record<Language, string>>;

/** What readers of the shipped rules get to see. */
const SHIPPED: Readonly<Record<string, InLanguages>> = {
  R02: {
    de: 'Die folgende Bedingung ist erfüllt: die Zahl der angefangenen Monate von "Datum der Engpassanalyse zur Verbreitung von Innovationen" bis zum Tag der Entscheidung ist höchstens 24 Monate [age_months_max].',
    fr: `La condition suivante est remplie : le nombre de mois entamés depuis "Date de l'analyse des obstacles à la diffusion de l'innovation" jusqu'au jour de la décision ne dépasse pas 24 mois [age_months_max].`,
    it: `La condizione seguente è soddisfatta: il numero di mesi iniziati da "Data dell'analisi delle strozzature nella diffusione dell'innovazione" al giorno della decisione non supera 24 mesi [age_months_max].`,
    sl: 'Naslednji pogoj je izpolnjen: število začetih mesecev od "Datum analize ozkih grl pri širjenju inovacij" do dneva odločitve je največ 24 mesecev [age_months_max].',
    en: 'The following holds: the number of months begun from "Date of the analysis of bottlenecks for innovation diffusion" to the day of the decision is at most 24 months [age_months_max].',
  },
  R18: {
    de: 'Mindestens eine der folgenden Bedingungen ist erfüllt: (1) "Nachbarregionen, die geantwortet haben" ist mindestens der Wert von "Befragte Nachbarregionen"; (2) die kleinste Zahl der Arbeitstage in den Nachbarregionen von "Nachbarregionen informiert am" bis zum Tag der Entscheidung ist mindestens 15 Arbeitstage [waiting_working_days_min].',
    fr: `Au moins une des conditions suivantes est remplie : (1) "Régions voisines ayant répondu" vaut au moins la valeur de "Régions voisines consultées" ; (2) le plus petit nombre de jours ouvrables dans les régions voisines depuis "Régions voisines informées le" jusqu'au jour de la décision vaut au moins 15 jours ouvrables [waiting_working_days_min].`,
    it: 'Almeno una delle condizioni seguenti è soddisfatta: (1) "Regioni vicine che hanno risposto" vale almeno il valore di "Regioni vicine consultate"; (2) il più piccolo numero di giorni lavorativi nelle regioni vicine da "Regioni vicine informate il" al giorno della decisione vale almeno 15 giorni lavorativi [waiting_working_days_min].',
    sl: 'Izpolnjen je vsaj eden od naslednjih pogojev: (1) "Sosednje regije, ki so odgovorile" je najmanj vrednost "Vprašane sosednje regije"; (2) najmanjše število delovnih dni v sosednjih regijah od "Sosednje regije obveščene dne" do dneva odločitve je najmanj 15 delovnih dni [waiting_working_days_min].',
    en: 'At least one of the following holds: (1) "Neighbouring regions that answered" is at least the value of "Neighbouring regions asked"; (2) the smallest number of working days in the neighbouring regions from "Neighbouring regions informed on" to the day of the decision is at least 15 working days [waiting_working_days_min].',
  },
  R20: {
    de: `Alle folgenden Bedingungen sind erfüllt: (1) "Clusterinitiative als Treiberin benannt" trifft zu; (2) mindestens eine der folgenden Bedingungen ist erfüllt: (2.1) "Klasse der Region" ist 'fortgeschritten'; (2.2) "Mindestens eine validierte Clusterdienstleistung" trifft zu; (2.3) "Partnercluster aus einer fortgeschrittenen Region" trifft zu.`,
    fr: `Toutes les conditions suivantes sont remplies : (1) "Initiative de cluster désignée comme moteur" est vrai ; (2) au moins une des conditions suivantes est remplie : (2.1) "Classe de la région" est 'avancée' ; (2.2) "Au moins un service de cluster validé" est vrai ; (2.3) "Cluster partenaire d'une région avancée" est vrai.`,
    it: `Tutte le condizioni seguenti sono soddisfatte: (1) "Iniziativa di cluster nominata come capofila" è vero; (2) almeno una delle condizioni seguenti è soddisfatta: (2.1) "Classe della regione" è 'avanzata'; (2.2) "Almeno un servizio di cluster validato" è vero; (2.3) "Cluster partner di una regione avanzata" è vero.`,
    sl: `Izpolnjeni so vsi naslednji pogoji: (1) "Pobuda grozda imenovana za nosilko" drži; (2) izpolnjen je vsaj eden od naslednjih pogojev: (2.1) "Razred regije" je 'napredna'; (2.2) "Vsaj ena potrjena storitev grozda" drži; (2.3) "Partnerski grozd iz napredne regije" drži.`,
    en: `All of the following hold: (1) "Cluster initiative named as driver" is yes; (2) at least one of the following holds: (2.1) "Class of the region" is 'advanced'; (2.2) "At least one validated cluster service" is yes; (2.3) "Partner cluster from an advanced region" is yes.`,
  },
  R30: {
    de: `Alle folgenden Bedingungen sind erfüllt: (1) "Treffen der unternehmerischen Entdeckung in den letzten zwölf Monaten" ist mindestens (je nach "Klasse der Region": 2 Treffen bei 'fortgeschritten', 1 Treffen bei 'Konvergenz', 1 Treffen bei 'weniger fortgeschritten') [meetings_min]; (2) "In den letzten zwölf Monaten beteiligte Helix-Gruppen" ist mindestens 4 Gruppen [groups_min].`,
    fr: `Toutes les conditions suivantes sont remplies : (1) "Réunions de découverte entrepreneuriale des douze derniers mois" vaut au moins (selon "Classe de la région" : 2 réunions pour 'avancée', 1 réunion pour 'convergence', 1 réunion pour 'moins avancée') [meetings_min] ; (2) "Groupes de l'hélice associés au cours des douze derniers mois" vaut au moins 4 groupes [groups_min].`,
    it: `Tutte le condizioni seguenti sono soddisfatte: (1) "Incontri di scoperta imprenditoriale negli ultimi dodici mesi" vale almeno (secondo "Classe della regione": 2 incontri se 'avanzata', 1 incontro se 'convergenza', 1 incontro se 'meno avanzata') [meetings_min]; (2) "Gruppi dell'elica coinvolti negli ultimi dodici mesi" vale almeno 4 gruppi [groups_min].`,
    sl: `Izpolnjeni so vsi naslednji pogoji: (1) "Srečanja podjetniškega odkrivanja v zadnjih dvanajstih mesecih" je najmanj (glede na "Razred regije": 2 srečanji za 'napredna', 1 srečanje za 'konvergenčna', 1 srečanje za 'manj napredna') [meetings_min]; (2) "Skupine vijačnice, vključene v zadnjih dvanajstih mesecih" je najmanj 4 skupine [groups_min].`,
    en: `All of the following hold: (1) "Entrepreneurial discovery meetings in the last twelve months" is at least (depending on "Class of the region": 2 meetings for 'advanced', 1 meeting for 'convergence', 1 meeting for 'less advanced') [meetings_min]; (2) "Helix groups involved in the last twelve months" is at least 4 groups [groups_min].`,
  },
};

/** A condition with what the shipped rules do not have: constants, dates, lists, a refused part, every function. */
const INVENTED = {
  any: [
    { fact: 'edw.last_held_on', operator: 'lessThanInclusive', value: '2017-03-01' },
    { not: { fact: 'ec.6', operator: 'notIn', value: ['met', 'not_applicable'] } },
    {
      all: [
        {
          fact: 'mean',
          params: { of: ['ta.lowest_capacity', 'ta.lowest_mean'] },
          operator: 'lessThan',
          value: 3.5,
        },
        { fact: 'sum', params: { of: ['edw.held', 'adw.held'] }, operator: 'notEqual', value: 2 },
        {
          fact: 'share',
          params: { of: 'plan.actions_with_funding', in: ['plan.actions'] },
          operator: 'greaterThan',
          value: { fact: 'targets.reached_share' },
        },
      ],
    },
    { fact: 'region.country', operator: 'equal', value: 'CH' },
  ],
};

const INVENTED_SENTENCES: InLanguages = {
  de: `Mindestens eine der folgenden Bedingungen ist erfüllt: (1) "Datum des letzten Entdeckungsworkshops" liegt nicht nach dem 1. März 2017; (2) die folgende Bedingung ist nicht erfüllt: "Grundlegende Voraussetzung, Kriterium 6: Maßnahmen für den industriellen Wandel" ist keines von 'erfüllt' oder 'nicht anwendbar'; (3) alle folgenden Bedingungen sind erfüllt: (3.1) der Mittelwert von "Niedrigste Kapazitätsbewertung der ausgewählten transformativen Aktivitäten" und "Niedrigste mittlere Bewertung der ausgewählten transformativen Aktivitäten" ist kleiner als 3,5 Punkte; (3.2) die Summe von "Durchgeführte Workshops zur unternehmerischen Entdeckung" und "Durchgeführte Workshops zur Maßnahmenentwicklung" ist nicht genau 2 Workshops; (3.3) der Anteil von "Maßnahmen mit Finanzierungsquelle" an der Summe von "Maßnahmen im Aktionsplan" ist größer als der Wert von "Anteil der erreichten Ziele"; (4) "Land der Region (ISO-Code)" ist 'CH'.`,
  fr: `Au moins une des conditions suivantes est remplie : (1) "Date du dernier atelier de découverte" ne tombe pas après le 1er mars 2017 ; (2) la condition suivante n'est pas remplie : "Condition favorisante, critère 6 : actions pour la transition industrielle" ne figure pas parmi 'rempli' et 'non applicable' ; (3) toutes les conditions suivantes sont remplies : (3.1) la moyenne de "Note de capacité la plus basse des activités transformatives retenues" et "Note moyenne la plus basse des activités transformatives retenues" n'atteint pas 3,5 points ; (3.2) la somme de "Ateliers de découverte entrepreneuriale tenus" et "Ateliers de développement d'actions tenus" ne vaut pas 2 ateliers ; (3.3) la part de "Actions dotées d'une source de financement" dans le total de "Actions du plan d'action" dépasse la valeur de "Part des objectifs atteints" ; (4) "Pays de la région (code ISO)" est 'CH'.`,
  it: `Almeno una delle condizioni seguenti è soddisfatta: (1) "Data dell'ultimo laboratorio di scoperta" non segue il 1º marzo 2017; (2) la condizione seguente non è soddisfatta: "Condizione abilitante, criterio 6: azioni per la transizione industriale" non è nessuno dei valori 'soddisfatto' o 'non applicabile'; (3) tutte le condizioni seguenti sono soddisfatte: (3.1) la media di "Valutazione più bassa della capacità tra le attività trasformative selezionate" e "Media più bassa delle valutazioni tra le attività trasformative selezionate" non raggiunge 3,5 punti; (3.2) la somma di "Laboratori di scoperta imprenditoriale svolti" e "Laboratori di sviluppo delle azioni svolti" non vale 2 laboratori; (3.3) la quota di "Azioni con una fonte di finanziamento" nel totale di "Azioni nel piano d'azione" supera il valore di "Quota di obiettivi raggiunti"; (4) "Paese della regione (codice ISO)" è 'CH'.`,
  sl: `Izpolnjen je vsaj eden od naslednjih pogojev: (1) "Datum zadnje delavnice odkrivanja" ni pozneje kot 1. marca 2017; (2) naslednji pogoj ni izpolnjen: "Omogočitveni pogoj, merilo 6: ukrepi za industrijski prehod" ni nobena od vrednosti 'izpolnjeno' ali 'nerelevantno'; (3) izpolnjeni so vsi naslednji pogoji: (3.1) povprečje vrednosti "Najnižja ocena zmogljivosti med izbranimi transformativnimi aktivnostmi" in "Najnižja povprečna ocena med izbranimi transformativnimi aktivnostmi" je manj kot 3,5 točke; (3.2) vsota vrednosti "Izvedene delavnice podjetniškega odkrivanja" in "Izvedene delavnice za razvoj ukrepov" ni natanko 2 delavnici; (3.3) delež vrednosti "Ukrepi z virom financiranja" v vsoti vrednosti "Ukrepi v akcijskem načrtu" je več kot vrednost "Delež doseženih ciljev"; (4) "Država regije (koda ISO)" je 'CH'.`,
  en: `At least one of the following holds: (1) "Last discovery workshop held on" is not after 1 March 2017; (2) the following does not hold: "Enabling condition, criterion 6: actions for industrial transition" is none of 'met' or 'not applicable'; (3) all of the following hold: (3.1) the mean of "Lowest capacity rating among the selected transformative activities" and "Lowest mean rating among the selected transformative activities" is less than 3.5 points; (3.2) the sum of "Entrepreneurial discovery workshops held" and "Action development workshops held" is not exactly 2 workshops; (3.3) the share of "Actions with a funding source" in the total of "Actions in the action plan" is more than the value of "Share of targets reached"; (4) "Country of the region (ISO code)" is 'CH'.`,
};

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(Object.keys(SHIPPED))('the sentence of the shipped rule %s is', (id) => {
    expect(wordRule(rule(id), { language, catalogue }).sentence).toBe(SHIPPED[id]?.[language]);
  });

  it('the sentence of an invented condition is', () => {
    const wording = wordingOf(language);
    expect(worded(INVENTED, wording)).toBe(INVENTED_SENTENCES[language]);
    expect(meant(INVENTED_SENTENCES[language], wording)).toEqual(INVENTED);
  });

  it('every shipped rule has a title, the sentence of its condition, and what happens if it is not met', () => {
    for (const each of rulebook.rules.values()) {
      const { title, sentence, severity } = wordRule(each, { language, catalogue });
      expect(title).toBe(each.labels[language]);
      expect(sentence).toBe(
        renderCondition(each.condition, { language, catalogue, parameters: each.parameters }),
      );
      expect(severity).toMatch(/^\p{Lu}.*\.$/u);
    }
  });
});

describe('what happens while a rule is not met', () => {
  const severity = (id: string, language: Language) => wordRule(rule(id), { language, catalogue }).severity;

  it('says the task of a conditional pass and until when it is due', () => {
    expect(severity('R06', 'en')).toBe(
      'If this is not met: the gate opens under a condition (condition: "Agree and carry out an improvement action for the weak StressTest block", due within 9 months).',
    );
    expect(severity('R06', 'sl')).toBe(
      'Če to ni izpolnjeno: prehod se odpre pod pogojem (pogoj: "Določiti in izvesti ukrep za izboljšanje šibkega sklopa testa StressTest", rok 9 mesecev).',
    );
  });

  it('says it for each kind of region where they differ', () => {
    expect(severity('R17', 'en')).toBe(
      `If this is not met: depending on "Country of the region (ISO code)": the gate opens with a warning for 'CH', otherwise: the gate stays closed.`,
    );
    expect(severity('R17', 'de')).toBe(
      `Ist dies nicht erfüllt: je nach "Land der Region (ISO-Code)": der Übergang ist mit einer Warnung frei bei 'CH', sonst: der Übergang bleibt gesperrt.`,
    );
  });
});
