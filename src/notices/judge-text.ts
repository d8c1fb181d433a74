import { hasInvisibleCharacters } from '../core/terms/invisible-characters.js';

const PLACEHOLDER = /\{\{([A-Za-z]+)\}\}/g;

/** A tag, a comment or an entity: the mails are plain text, a reader would see it as it stands. */
const MARKUP = /<[A-Za-z/!]|&(#\d+|[A-Za-z]+);/;

export interface TextRules {
  readonly placeholders: readonly string[];
  /** In UTF-16 units. */
  readonly lengthMax: number;
  /** Whether the text may have more than one line. */
  readonly lines: boolean;
}

export interface JudgedText {
  readonly faults: readonly { readonly code: string; readonly message: string }[];
  /** The known placeholders that the text uses. */
  readonly placeholders: ReadonlySet<string>;
}

/** Judges one text that an administrator may change: its length, its characters and its placeholders. */
export function judgeText(text: unknown, rules: TextRules): JudgedText {
  if (typeof text !== 'string' || text.trim() === '') {
    return { faults: [{ code: 'text.missing', message: 'There is no text.' }], placeholders: new Set() };
  }
  const named = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const unknown = named.filter((name) => !rules.placeholders.includes(name));
  const rest = text.replaceAll(PLACEHOLDER, '');
  const known = rules.placeholders.map((name) => `{{${name}}}`).join(', ');
  const checks: readonly [boolean, string, string][] = [
    [text.length > rules.lengthMax, 'text.too-long', `At most ${rules.lengthMax} characters.`],
    [MARKUP.test(text), 'text.markup', 'Plain text only: no tags, no entities.'],
    [
      hasInvisibleCharacters(text.replaceAll('\n', '')),
      'text.invisible-character',
      'Control, direction and zero-width characters are not allowed.',
    ],
    [!rules.lines && text.includes('\n'), 'text.line-break', 'This text must be one line.'],
    [unknown.length > 0, 'text.unknown-placeholder', `Unknown: ${unknown.join(', ')}. Known: ${known}.`],
    // The renderer would read these as its own syntax: formats, nesting, values without a name.
    [/\{\{|\}\}|\$t\(/.test(rest), 'text.syntax', 'Only {{name}} is understood.'],
  ];
  return {
    faults: checks.flatMap(([wrong, code, message]) => (wrong ? [{ code, message }] : [])),
    placeholders: new Set(named.filter((name) => rules.placeholders.includes(name))),
  };
}
