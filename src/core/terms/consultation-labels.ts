import { LANGUAGES, type Labels, type Language } from './language.js';

const TASK: Labels = {
  de: 'Antwort an die Nachbarregion zum Entwurf der Prioritäten',
  fr: 'Répondre à la région voisine sur son projet de priorités',
  it: 'Rispondere alla regione vicina sulla bozza delle priorità',
  sl: 'Odgovoriti sosednji regiji na osnutek prednostnih področij',
  en: 'Answer the neighbouring region on its draft priorities',
};

/** How the task of a region that was asked by a neighbour is called. @param asking name of the region that asks */
export function consultationLabels(asking: Labels): Labels {
  const entries = LANGUAGES.map((language) => [language, `${TASK[language]}: ${asking[language]}`]);
  return Object.fromEntries(entries) as Record<Language, string>;
}
