import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { LANGUAGES } from '../../src/core/terms/language.js';
import { judgeNoticeTexts } from '../../src/notices/judge-notice-texts.js';
import { NOTICE_TEMPLATES } from '../../src/notices/notice-templates.js';
import { parseNoticeTexts } from '../../src/notices/notice-texts.js';
import { pluralFormsOf } from '../../src/notices/plural-forms.js';
import { readShippedTexts } from './shipped-texts.js';

interface TextFile {
  language: string;
  templates: Record<string, Record<string, unknown> & { counted?: Record<string, Record<string, unknown>> }>;
}

/** What is said about the shipped texts after one change to the file of a language. */
function judgeAfter(language: 'de' | 'sl' | 'fr', change: (file: TextFile) => void): string[] {
  const files = readShippedTexts();
  change(files[language] as TextFile);
  return judgeNoticeTexts(files).map(({ pointer, code }) => `${pointer} ${code}`);
}

/** Puts a text in the place of the German subject of `stage.entered`. */
function judgeSubject(subject: unknown): string[] {
  return judgeAfter('de', ({ templates }) => {
    templates['stage.entered']!['subject'] = subject;
  });
}

const SUBJECT = '/de/templates/stage.entered/subject';

describe('the shipped texts of notices', () => {
  it('are faultless: every template, in all languages, with the same placeholders', () => {
    expect(judgeNoticeTexts(readShippedTexts())).toEqual([]);
  });

  it('are handed out by language and template', () => {
    const texts = parseNoticeTexts(readShippedTexts());
    expect(Object.keys(texts)).toEqual([...LANGUAGES]);
    for (const language of LANGUAGES) {
      expect(Object.keys(texts[language]).toSorted()).toEqual(Object.keys(NOTICE_TEMPLATES).toSorted());
    }
  });

  it('say everything that a notice brings, but for what the console shows in another way', () => {
    const texts = parseNoticeTexts(readShippedTexts());
    const unsaid = Object.entries(NOTICE_TEMPLATES).flatMap(([name, { params, counted }]) => {
      const { subject, body } = texts.en[name as keyof typeof NOTICE_TEMPLATES];
      const countedParams = Object.values(counted) as string[];
      return [...params.filter((param) => !countedParams.includes(param)), ...Object.keys(counted)]
        .filter((placeholder) => !`${subject}${body}`.includes(`{{${placeholder}}}`))
        .map((placeholder) => `${name} ${placeholder}`);
    });
    expect(unsaid).toEqual([]);
  });

  it('differ between the languages', () => {
    const texts = parseNoticeTexts(readShippedTexts());
    for (const name of Object.keys(NOTICE_TEMPLATES) as (keyof typeof NOTICE_TEMPLATES)[]) {
      expect(new Set(LANGUAGES.map((language) => texts[language][name].body)).size).toBe(LANGUAGES.length);
    }
  });
});

describe('the judge of the texts', () => {
  it('knows the plural forms of each language', () => {
    expect(
      Object.fromEntries(LANGUAGES.map((language) => [language, pluralFormsOf(language).toSorted()])),
    ).toEqual({
      de: ['one', 'other'],
      fr: ['one', 'other'],
      it: ['one', 'other'],
      sl: ['few', 'one', 'other', 'two'],
      en: ['one', 'other'],
    });
  });

  it('misses the Slovenian dual', () => {
    const found = judgeAfter('sl', ({ templates }) => {
      delete templates['gate.refused']!.counted!['missingCount']!['two'];
    });
    expect(found).toEqual(['/sl/templates/gate.refused/counted/missingCount/two text.plural-missing']);
  });

  it('refuses a plural form that the language does not have', () => {
    const found = judgeAfter('de', ({ templates }) => {
      templates['gate.refused']!.counted!['missingCount']!['few'] = '{{count}} Angaben';
    });
    expect(found).toEqual(['/de/templates/gate.refused/counted/missingCount/few text.unknown-key']);
  });

  it('misses a template, and says so for its language alone', () => {
    const found = judgeAfter('fr', ({ templates }) => {
      delete templates['cycle.closed'];
    });
    expect(found).toEqual(['/fr/templates/cycle.closed text.missing']);
  });

  it('refuses a template that Cordata does not send', () => {
    const found = judgeAfter('fr', ({ templates }) => {
      templates['cycle.celebrated'] = { subject: 'Bravo', body: 'Bravo' };
    });
    expect(found).toEqual(['/fr/templates/cycle.celebrated text.unknown-key']);
  });

  it('refuses a file that is not of its language, or no object at all', () => {
    expect(
      judgeAfter('fr', (file) => {
        file.language = 'it';
      }),
    ).toEqual(['/fr/language text.language']);
    expect(judgeNoticeTexts({ ...readShippedTexts(), it: [] })).toEqual([
      expect.objectContaining({ pointer: '/it', code: 'text.not-an-object' }),
    ]);
  });

  it('finds a placeholder that one language leaves out', () => {
    expect(judgeSubject('{{region}}: es geht los')).toEqual([`${SUBJECT} text.placeholders-differ`]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown placeholder', '{{region}} {{stage}} {{password}}', 'text.unknown-placeholder'],
    ['a name of every object', '{{region}} {{stage}} {{constructor}}', 'text.unknown-placeholder'],
    ['an unescaped placeholder', '{{region}} {{stage}} {{- region}}', 'text.syntax'],
    ['a format', '{{region}} {{stage}} {{region, uppercase}}', 'text.syntax'],
    ['an open placeholder', '{{region}} {{stage}} {{region', 'text.syntax'],
    ['nesting', '{{region}} {{stage}} $t(cycle.closed/body)', 'text.syntax'],
    ['a tag', '{{region}} <b>{{stage}}</b>', 'text.markup'],
    ['a comment', '{{region}} {{stage}} <!-- -->', 'text.markup'],
    ['an entity', '{{region}} {{stage}} &nbsp;', 'text.markup'],
    ['a line break in a subject', '{{region}}\n{{stage}}', 'text.line-break'],
    ['a carriage return', '{{region}}\r{{stage}}', 'text.invisible-character'],
    ['a direction override', '{{region}}\u202e{{stage}}', 'text.invisible-character'],
    ['a subject without end', `{{region}}{{stage}}${'x'.repeat(200)}`, 'text.too-long'],
  ])('refuses %s', (_what, subject, code) => {
    expect(judgeSubject(subject)).toEqual([`${SUBJECT} ${code}`]);
  });

  it.each([[''], ['  '], [7], [null], [undefined]])('takes %p for no text', (subject) => {
    expect(judgeSubject(subject)).toContain(`${SUBJECT} text.missing`);
  });

  it('lets an author write smaller than, ampersands and quotes', () => {
    expect(judgeSubject('{{region}}: „{{stage}}“ & 3 < 4')).toEqual([]);
  });

  it('hands out nothing while there is a fault, and names them all', () => {
    const files = readShippedTexts();
    (files.sl as TextFile).templates = {};
    const parsing = () => parseNoticeTexts(files);
    expect(parsing).toThrow(DomainError);
    expect(parsing).toThrow('definition.invalid');
    expect(parsing).toThrow('/sl/templates/dead-letter');
    expect(parsing).toThrow('/sl/templates/stage.entered');
  });
});
