import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import type { NoticeParam } from '../../src/core/terms/effect.js';
import { LANGUAGES, type Labels, type Language } from '../../src/core/terms/language.js';
import type { NoticeValue } from '../../src/notices/format-value.js';
import { NOTICE_TEMPLATES } from '../../src/notices/notice-templates.js';
import { parseNoticeTexts } from '../../src/notices/notice-texts.js';
import { makeNoticeRenderer, type RenderedNotice } from '../../src/notices/render-notice.js';
import { readShippedTexts } from './shipped-texts.js';

const render = makeNoticeRenderer(parseNoticeTexts(readShippedTexts()));

const stage: Labels = {
  de: 'Strategieentwicklung',
  fr: 'Élaboration de la stratégie',
  it: 'Sviluppo della strategia',
  sl: 'Razvoj strategije',
  en: 'Strategy development',
};
const fact = (name: string): Labels => ({
  de: `${name} (de)`,
  fr: `${name} (fr)`,
  it: `${name} (it)`,
  sl: `${name} (sl)`,
  en: `${name} (en)`,
});
const facts = (count: number): Labels[] =>
  Array.from({ length: count }, (_, index) => fact(`fact ${index + 1}`));

function refused(
  language: Language,
  missing: Labels[],
  more: Record<string, NoticeValue> = {},
): RenderedNotice {
  const params = { region: 'Slovenija', number: 1, from: stage, to: stage, missing, failing: [], ...more };
  return render({ template: 'gate.refused', language, params });
}

function failedAt(instant: string): string {
  const date = { instant, zone: 'Europe/Vienna' };
  const params = { effect: 'notify', effectId: '7', attempts: 5, date, error: 'x' };
  return render({ template: 'dead-letter', language: 'de', params }).body;
}

function errorOf(run: () => unknown): DomainError {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('no DomainError was thrown');
}

describe('a notice in the language of its reader', () => {
  it.each<[Language, RenderedNotice]>([
    [
      'de',
      {
        subject: 'Piemonte: Phase „Strategieentwicklung“ begonnen',
        body: 'Die Region hat eine neue Phase begonnen.\n\nRegion: Piemonte\nZyklus: 2\nPhase: Strategieentwicklung\nBegonnen am: 20. März 2017\n\nIn dieser Phase sind 8 Aufgaben offen.',
      },
    ],
    [
      'fr',
      {
        subject: 'Piemonte\u00a0: la phase «\u00a0Élaboration de la stratégie\u00a0» commence',
        body: 'La région est entrée dans une nouvelle phase.\n\nRégion\u00a0: Piemonte\nCycle\u00a0: 2\nPhase\u00a0: Élaboration de la stratégie\nCommencée le\u00a0: 20 mars 2017\n\n8 tâches sont ouvertes dans cette phase.',
      },
    ],
    [
      'it',
      {
        subject: 'Piemonte: iniziata la fase «Sviluppo della strategia»',
        body: 'La regione è entrata in una nuova fase.\n\nRegione: Piemonte\nCiclo: 2\nFase: Sviluppo della strategia\nIniziata il: 20 marzo 2017\n\nIn questa fase sono aperti 8 compiti.',
      },
    ],
    [
      'sl',
      {
        subject: 'Piemonte: začetek faze »Razvoj strategije«',
        body: 'Regija je vstopila v novo fazo.\n\nRegija: Piemonte\nCikel: 2\nFaza: Razvoj strategije\nZačetek: 20. marec 2017\n\nV tej fazi je odprtih 8 nalog.',
      },
    ],
    [
      'en',
      {
        subject: 'Piemonte: stage “Strategy development” has begun',
        body: 'The region has entered a new stage.\n\nRegion: Piemonte\nCycle: 2\nStage: Strategy development\nEntered on: 20 March 2017\n\n8 tasks are open in this stage.',
      },
    ],
  ])('reads in %s as a person would write it', (language, expected) => {
    const params = { region: 'Piemonte', number: 2, stage, date: { date: '2017-03-20' }, tasks: 8 };
    expect(render({ template: 'stage.entered', language, params })).toEqual(expected);
  });

  it('has no gap left, whatever the template and the language', () => {
    for (const [template, { params }] of Object.entries(NOTICE_TEMPLATES)) {
      const lists: readonly string[] = ['missing', 'failing', 'facts', 'arrived', 'subjects'];
      const values = Object.fromEntries(
        params.map((name): [string, NoticeValue] => [name, lists.includes(name) ? [fact(name)] : 3]),
      );
      for (const language of LANGUAGES) {
        const { subject, body } = render({ template, language, params: values });
        expect(`${subject}${body}`).not.toMatch(/\{\{|\}\}|undefined|\[object|gate\.refused/);
        expect(subject).not.toContain('\n');
        expect(body).not.toMatch(/\n{3}/);
      }
    }
  });

  it('takes everything that an effect can carry', () => {
    const carried: Record<string, NoticeParam> = {
      region: 'Veneto',
      task: stage,
      dueOn: { date: '2018-01-02' },
      unused: ['a', 1, stage, { date: '2018-01-02' }],
    };
    const { body } = render({ template: 'task.due', language: 'en', params: carried });
    expect(body).toContain('Due on: 2 January 2018');
  });
});

describe('counted phrases', () => {
  it.each([
    [0, 'Noben podatek ne manjka.'],
    [1, 'Manjka 1 podatek:'],
    [2, 'Manjkata 2 podatka:'],
    [3, 'Manjkajo 3 podatki:'],
    [4, 'Manjkajo 4 podatki:'],
    [5, 'Manjka 5 podatkov:'],
    [11, 'Manjka 11 podatkov:'],
    [12, 'Manjka 12 podatkov:'],
    [101, 'Manjka 101 podatek:'],
    [102, 'Manjkata 102 podatka:'],
    [104, 'Manjkajo 104 podatki:'],
  ])('follow the Slovenian singular, dual and plurals for %d', (count, phrase) => {
    expect(refused('sl', facts(count)).body.split('\n')).toContain(phrase);
  });

  it.each<[Language, string, string, string]>([
    ['de', 'Es fehlt keine Angabe.', 'Es fehlt 1 Angabe:', 'Es fehlen 2 Angaben:'],
    ['fr', 'Aucune donnée ne manque.', 'Il manque 1 donnée\u00a0:', 'Il manque 2 données\u00a0:'],
    ['it', 'Non manca alcun dato.', 'Manca 1 dato:', 'Mancano 2 dati:'],
    ['en', 'No fact is missing.', '1 fact is missing:', '2 facts are missing:'],
  ])('have none, one and many in %s', (language, none, one, many) => {
    const lines = [0, 1, 2].map((count) => refused(language, facts(count)).body.split('\n'));
    expect(lines[0]).toContain(none);
    expect(lines[1]).toContain(one);
    expect(lines[2]).toContain(many);
  });

  it('have a form for counts far beyond those that occur', () => {
    const params = { region: 'Trento', task: stage, dueOn: { date: '2018-01-02' }, daysOverdue: 1_000_000 };
    for (const language of ['fr', 'it'] as const) {
      expect(render({ template: 'task.overdue', language, params }).body).toContain('1000000 ');
    }
  });

  it.each<[string, NoticeValue]>([
    ['a text', 'three'],
    ['a fraction', 1.5],
    ['a negative number', -1],
    ['nothing', null],
  ])('refuse to count %s', (_what, daysOverdue) => {
    const params = { region: 'Trento', task: stage, dueOn: null, daysOverdue };
    const { code, retry } = errorOf(() => render({ template: 'task.overdue', language: 'sl', params }));
    expect({ code, retry }).toEqual({ code: 'effect.invalid', retry: 'never' });
  });
});

describe('the values of a notice', () => {
  it('name every missing fact on a line of its own, in the language of the reader', () => {
    expect(refused('it', facts(2)).body).toContain(
      'Mancano 2 dati:\n- fact 1 (it)\n- fact 2 (it)\n\nNessuna regola',
    );
  });

  it('show a time in 24 hours with its zone and offset, in summer and in winter', () => {
    expect(failedAt('2024-06-27T11:00:00Z')).toContain('27. Juni 2024, 13:00 (Europe/Vienna, UTC+02:00)');
    expect(failedAt('2024-01-15T23:05:00Z')).toContain('16. Januar 2024, 00:05 (Europe/Vienna, UTC+01:00)');
  });

  it('write numbers as the language does', () => {
    expect(refused('de', [], { number: 1.5 }).body).toContain('Zyklus: 1,5');
    expect(refused('en', [], { number: 1.5 }).body).toContain('Cycle: 1.5');
  });

  it('become a dash where there is nothing to say', () => {
    const params = {
      region: 'Bayern',
      number: 1,
      stage,
      date: { date: '2017-03-20' },
      by: 'A. Huber',
      note: '',
    };
    expect(render({ template: 'cycle.resumed', language: 'de', params }).body).toMatch(/Anmerkung: –$/);
    const open = { region: 'Bayern', task: stage, dueOn: { date: null } };
    expect(render({ template: 'task.due', language: 'fr', params: open }).body).toMatch(/Échéance\u00a0: –$/);
  });

  it('cannot bring a line break, and so a header, into the subject', () => {
    const { subject } = refused('en', [], { region: 'Veneto\r\nBcc: all@example.org\u2028x' });
    expect(subject).toBe('Veneto Bcc: all@example.org x: not yet ready for “Strategy development”');
  });

  it('are never read as placeholders, nesting or markup', () => {
    const note = '{{region}} $t(cycle.closed/body) <b>&amp;</b> $& $1';
    const params = { region: 'Veneto', number: 1, stage, date: { date: '2017-03-20' }, by: note, note };
    const { body } = render({ template: 'cycle.suspended', language: 'en', params });
    expect(body).toContain(`Decided by: ${note}\nReason: ${note}`);
  });

  it('keep the lines of a note and nothing else of its control characters', () => {
    const params = {
      region: 'V',
      number: 1,
      date: { date: '2017-03-20' },
      by: 'x',
      note: 'one\r\ntwo\u0007three',
    };
    const { body } = render({ template: 'cycle.closed', language: 'en', params });
    expect(body).toMatch(/Note: one\ntwo three$/);
  });

  it('make a subject too long only up to its limit, without half a character', () => {
    const { subject } = refused('en', [], { region: '🏔'.repeat(150) });
    expect(subject.length).toBeLessThanOrEqual(200);
    expect(subject).toMatch(/🏔…$/u);
    expect(subject.isWellFormed()).toBe(true);
  });

  it.each<[string, NoticeValue]>([
    ['a day that does not exist', { date: '2017-02-30' }],
    ['a date in another form', { date: '20.3.2017' }],
    ['an instant that does not exist', { instant: '2017-03-20', zone: 'Europe/Rome' }],
    ['a zone that is only printed', { instant: '2017-03-20T08:00:00Z', zone: 'CEST' }],
  ])('refuse %s', (_what, dueOn) => {
    const params = { region: 'V', task: stage, dueOn };
    expect(errorOf(() => render({ template: 'task.due', language: 'en', params })).code).toBe(
      'effect.invalid',
    );
  });
});

describe('a notice that cannot be written', () => {
  it.each(['stage.celebrated', '', 'constructor', '__proto__'])(
    'has a template that is not known: %p',
    (template) => {
      const { code, retry, details } = errorOf(() => render({ template, language: 'en', params: {} }));
      expect({ code, retry, details }).toEqual({
        code: 'notice.template-unknown',
        retry: 'never',
        details: { template },
      });
    },
  );

  it('names every parameter that is missing', () => {
    const { code, details } = errorOf(() =>
      render({ template: 'task.due', language: 'en', params: { region: 'Veneto' } }),
    );
    expect({ code, details }).toEqual({
      code: 'notice.param-missing',
      details: { template: 'task.due', missing: ['task', 'dueOn'] },
    });
  });

  it('does not find its parameters on the prototype', () => {
    const params = Object.create({ region: 'x', task: 'y', dueOn: null }) as Record<string, NoticeValue>;
    expect(errorOf(() => render({ template: 'task.due', language: 'en', params })).code).toBe(
      'notice.param-missing',
    );
  });
});

describe('two renderers', () => {
  it('keep their texts apart, so that changed texts do not leak into work in flight', () => {
    const files = readShippedTexts();
    const changed = files.en as { templates: Record<string, { subject: string }> };
    changed.templates['task.due']!.subject = '{{region}}: hurry with “{{task}}”';
    const other = makeNoticeRenderer(parseNoticeTexts(files));
    const request = {
      template: 'task.due',
      language: 'en',
      params: { region: 'V', task: stage, dueOn: null },
    } as const;
    expect(other(request).subject).toBe('V: hurry with “Strategy development”');
    expect(render(request).subject).toBe('V: task “Strategy development” is due');
  });
});
