import { LANGUAGES, type Language } from '../../core/terms/language.js';

/** Header length beyond which nobody means a language. */
const HEADER_LENGTH_MAX = 1_000;

/**
 * The language in which labels are answered: of those that Cordata speaks the one that `Accept-Language` (RFC
 * 9110, 12.5.4) likes best; `de-AT` is German. Where it likes none, or there is no header, `otherwise`.
 */
export function chooseLanguage(header: string | undefined, otherwise: Language): Language {
  if (header === undefined || header.length > HEADER_LENGTH_MAX) return otherwise;
  const wishes = header.split(',').map(readWish);
  const liked = wishes
    .filter(({ quality, language }) => quality > 0 && language !== null)
    // Stable: of two that are liked equally the first one counts.
    .toSorted((one, other) => other.quality - one.quality)[0];
  return liked?.language === 'any' ? otherwise : (liked?.language ?? otherwise);
}

function readWish(part: string): { readonly language: Language | 'any' | null; readonly quality: number } {
  const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const weight = parameters.find((text) => text.startsWith('q='))?.slice('q='.length);
  const quality = weight === undefined ? 1 : Number(weight);
  const primary = range.split('-')[0];
  const language = range === '*' ? 'any' : (LANGUAGES.find((one) => one === primary) ?? null);
  return { language, quality: Number.isFinite(quality) ? quality : 0 };
}
