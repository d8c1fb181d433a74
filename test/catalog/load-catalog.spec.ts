import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFINITION_BYTES_MAX } from '../../src/catalog/definition-files.js';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { DefinitionsFolder, refusalOf } from './definitions-folder.js';

const WORKFLOW = 'workflows/region-cycle/1.json';
const RULEBOOK = 'rules/region-cycle/1.json';
const FACTS = 'rules/facts/1.json';
const CALENDAR = 'config/calendars/AT-5.json';

let folder: DefinitionsFolder;
beforeEach(() => {
  folder = new DefinitionsFolder();
});
afterEach(() => folder.remove());

function refusal(): { code: string; problems: string[] } {
  return refusalOf(() => folder.load());
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

describe('the shipped definitions', () => {
  it('load, with the gates of the workflow in the rulebook', () => {
    expect(refusal()).toEqual({ code: 'loaded', problems: [] });
    const catalog = folder.load();
    expect(catalog.workflows.map(({ id, version }) => `${id} ${version}`)).toContain('region-cycle 1');
    expect(catalog.calendars.size).toBe(11);
    expect(catalog.latestFactCatalogue()).toBe(catalog.factCatalogue({ id: 'facts', version: 2 }));
    expect(catalog.rulebook({ id: 'region-cycle', version: 1 }).gates.has('review.close')).toBe(true);
  });

  it('are frozen to the last leaf', () => {
    const { definition } = folder.load().latestWorkflow('region-cycle');
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every((part) => isFrozen(part)));
    expect(isFrozen(definition)).toBe(true);
    expect([...folder.load().latestFactCatalogue().values()].every((fact) => isFrozen(fact))).toBe(true);
  });
});

describe('a version', () => {
  it('that is not installed is not found', () => {
    const catalog = folder.load();
    expect(codeOf(() => catalog.workflow({ id: 'region-cycle', version: 99 }))).toBe('definition.not-found');
    expect(codeOf(() => catalog.rulebook({ id: 'other', version: 1 }))).toBe('definition.not-found');
    expect(codeOf(() => catalog.factCatalogue({ id: 'facts', version: 99 }))).toBe('definition.not-found');
    expect(codeOf(() => catalog.latestWorkflow('other'))).toBe('definition.not-found');
    expect(codeOf(() => catalog.latestRulebook('other'))).toBe('definition.not-found');
    expect(codeOf(() => catalog.calendar('XX'))).toBe('calendar.not-found');
  });

  it('keeps its hash when keys change their order and spaces come in', () => {
    const before = folder.load();
    for (const path of [WORKFLOW, RULEBOOK, FACTS]) {
      const json = JSON.parse(folder.read(path)) as object;
      folder.write(path, JSON.stringify(Object.fromEntries(Object.entries(json).toReversed()), null, 7));
    }
    const after = folder.load();
    for (const list of ['workflows', 'rulebooks', 'factCatalogues'] as const) {
      expect(after[list].map(({ hash }) => hash)).toEqual(before[list].map(({ hash }) => hash));
      expect(after[list][0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('is handed out for the hash it was pinned with, and refused when its content was changed', () => {
    const workflow = folder.load().workflow({ id: 'region-cycle', version: 1 });
    const rulebook = folder.load().rulebook({ id: 'region-cycle', version: 1 });
    expect(folder.load().workflow(workflow).hash).toBe(workflow.hash);

    folder.edit<{ labels: { en: string } }>(WORKFLOW, ({ labels }) => {
      labels.en += ' (amended)';
    });
    folder.edit<{ labels: { en: string } }>(RULEBOOK, ({ labels }) => {
      labels.en += ' (amended)';
    });
    const changed = folder.load();
    expect(codeOf(() => changed.workflow(workflow))).toBe('definition.hash-mismatch');
    expect(codeOf(() => changed.rulebook(rulebook))).toBe('definition.hash-mismatch');
    expect(changed.workflow({ id: 'region-cycle', version: 1 }).hash).not.toBe(workflow.hash);
  });

  it('beside another one is found by its number, and the highest is the latest: 10 after 9', () => {
    for (const version of [10, 9]) {
      folder.edit<{ version: number }>(WORKFLOW, (workflow) => {
        workflow.version = version;
      });
      folder.write(`workflows/region-cycle/${version}.json`, folder.read(WORKFLOW));
    }
    folder.edit<{ version: number }>(WORKFLOW, (workflow) => {
      workflow.version = 1;
    });
    const catalog = folder.load();
    const ofRegions = catalog.workflows.filter(({ id }) => id === 'region-cycle');
    expect(ofRegions.map(({ version }) => version)).toEqual([1, 2, 9, 10]);
    expect(catalog.latestWorkflow('region-cycle').version).toBe(10);
    expect(catalog.workflow({ id: 'region-cycle', version: 9 }).version).toBe(9);
  });
});

describe('a fault in the files', () => {
  it.each<[string, (at: DefinitionsFolder) => void, string, string[]]>([
    [
      'broken JSON',
      (at) => at.write(WORKFLOW, '{"id": "region-cycle",'),
      'definition.unreadable',
      [`definition.unreadable ${WORKFLOW}`],
    ],
    [
      'an empty file',
      (at) => at.write('rules/other/1.json', ''),
      'definition.unreadable',
      ['definition.unreadable rules/other/1.json'],
    ],
    [
      'bytes that are no UTF-8',
      (at) => at.write('rules/other/1.json', Uint8Array.of(0x22, 0xff, 0x22)),
      'definition.unreadable',
      ['definition.unreadable rules/other/1.json'],
    ],
    [
      'a file that is too large',
      (at) => at.write('rules/other/1.json', JSON.stringify(' '.repeat(DEFINITION_BYTES_MAX))),
      'definition.unreadable',
      ['definition.unreadable rules/other/1.json'],
    ],
    [
      'a key that is there twice',
      (at) => at.write('rules/other/1.json', '{"gates": [0, {"a": {}, "b": 1, "\\u0061": 2}]}'),
      'definition.invalid',
      ['json.key-twice rules/other/1.json /gates/1/a'],
    ],
    [
      'nesting without end',
      (at) => at.write('rules/other/1.json', '['.repeat(100_000) + ']'.repeat(100_000)),
      'definition.invalid',
      [`json.too-deep rules/other/1.json ${'/0'.repeat(64)}`],
    ],
    [
      'a version in the content that is not that of the name',
      (at) => at.write('workflows/region-cycle/2.json', at.read(WORKFLOW)),
      'definition.invalid',
      ['file.name-differs workflows/region-cycle/2.json /version'],
    ],
    [
      'an id in the content that is not that of the folder',
      (at) => at.write('workflows/other/1.json', at.read(WORKFLOW)),
      'definition.invalid',
      ['file.name-differs workflows/other/1.json /id'],
    ],
    [
      'a file that is not named by a version',
      (at) => at.write('workflows/region-cycle/draft.json', '{}'),
      'definition.invalid',
      ['file.misplaced workflows/region-cycle/draft.json'],
    ],
    [
      'a version with a leading zero',
      (at) => at.write('workflows/region-cycle/01.json', '{}'),
      'definition.invalid',
      ['file.misplaced workflows/region-cycle/01.json'],
    ],
    [
      'a file outside the folders',
      (at) => at.write('rules/1.json', '{}'),
      'definition.invalid',
      ['file.misplaced rules/1.json'],
    ],
    [
      'a workflow with a gate that no rulebook has',
      (at) =>
        at.edit<{ states: { review: { events: { close: [{ gate: string }] } } } }>(WORKFLOW, ({ states }) => {
          states.review.events.close[0].gate = 'review.shut';
        }),
      'definition.invalid',
      [`gate.unknown ${WORKFLOW} /states/review/events/close/0/gate`],
    ],
    [
      'a rulebook that names a catalogue which is not there',
      (at) =>
        at.edit<{ factCatalogue: { version: number } }>(RULEBOOK, ({ factCatalogue }) => {
          factCatalogue.version = 7;
        }),
      'definition.invalid',
      [`definition.not-found ${RULEBOOK} /factCatalogue`],
    ],
    [
      'a fact that is there twice, named once and not by each rule that uses the catalogue',
      (at) => at.edit<{ facts: unknown[] }>(FACTS, ({ facts }) => facts.push(facts[0])),
      'definition.invalid',
      [`fact.twice ${FACTS} /facts/99/name`],
    ],
    [
      'a mean of a fact that is not there',
      (at) =>
        at.edit<{ facts: { meanOf?: string[] }[] }>(FACTS, ({ facts }) => {
          const mean = facts.find(({ meanOf }) => meanOf !== undefined);
          mean?.meanOf?.push('stresstest.block.7');
        }),
      'definition.invalid',
      ['fact.unknown'],
    ],
    [
      'a label that hides a character',
      (at) =>
        at.edit<{ labels: { de: string } }>(WORKFLOW, ({ labels }) => {
          labels.de = `Region\u200B`;
        }),
      'definition.invalid',
      [`text.invisible-characters ${WORKFLOW} /labels/de`],
    ],
    [
      'a calendar in a zone that does not exist',
      (at) =>
        at.edit<{ zone: string }>(CALENDAR, (calendar) => {
          calendar.zone = 'Europe/Linz';
        }),
      'definition.invalid',
      ['calendar.invalid calendars/AT-5.json'],
    ],
    [
      'a calendar named as another one',
      (at) => at.write('config/calendars/AT-6.json', at.read(CALENDAR)),
      'definition.invalid',
      ['file.name-differs calendars/AT-6.json /id'],
    ],
    [
      'a holiday that does not exist',
      (at) =>
        at.edit<{ holidays: string[] }>(CALENDAR, ({ holidays }) => holidays.splice(0, 1, '2017-02-30')),
      'definition.invalid',
      ['schema.invalid-format calendars/AT-5.json /holidays/0'],
    ],
    [
      'a folder that is not there',
      (at) => at.remove('config/calendars'),
      'definition.unreadable',
      ['definition.unreadable calendars', 'definition.none calendars'],
    ],
    [
      'a catalogue that cannot be read, named once and not by each rule and task',
      (at) => at.write(FACTS, '{'),
      'definition.unreadable',
      [`definition.unreadable ${FACTS}`],
    ],
    [
      'a rulebook that cannot be read, named once and not by each gate of the workflow',
      (at) => at.write(RULEBOOK, '{'),
      'definition.unreadable',
      [`definition.unreadable ${RULEBOOK}`],
    ],
    [
      'no fact catalogue at all',
      (at) => at.remove('rules/facts'),
      'definition.invalid',
      ['definition.none rules/facts'],
    ],
  ])('is refused by name: %s', (_name, spoil, code, problems) => {
    spoil(folder);
    const refused = refusal();
    expect(refused.code).toBe(code);
    expect(refused.problems).toHaveLength(problems.length);
    problems.forEach((problem, index) => expect(refused.problems[index]).toContain(problem));
  });

  it('does not hide those of other files: one refusal names them all', () => {
    folder.write('rules/other/1.json', '{');
    folder.edit<{ source?: string }>(WORKFLOW, (workflow) => {
      delete workflow.source;
    });
    folder.edit<{ zone: string }>(CALENDAR, (calendar) => {
      calendar.zone = 'CET';
    });
    expect(refusal()).toEqual({
      code: 'definition.unreadable',
      problems: [
        'definition.unreadable rules/other/1.json',
        `schema.missing ${WORKFLOW} /source`,
        'calendar.invalid calendars/AT-5.json',
      ],
    });
  });

  it('is told without a path of this machine', () => {
    folder.remove('rules');
    folder.write(`${WORKFLOW}`, '{');
    const { code, problems } = refusal();
    expect(code).toBe('definition.unreadable');
    expect(problems.join()).not.toContain(folder.dir);
    expect(() => folder.load()).not.toThrow(folder.dir);
  });

  it('is none: files of other kinds are passed over', () => {
    folder.write('rules/README.md', '# Rules');
    folder.write('rules/region-cycle/notes.txt', 'x');
    expect(refusal().code).toBe('loaded');
  });
});

describe('the mappings between versions of a workflow', () => {
  const MAPPING = 'workflows/region-cycle/migrations/1-to-2.json';
  const at = (version: number) => ({ id: 'region-cycle', version });

  it('are handed out by where they lead from and to, and are no versions themselves', () => {
    const catalog = folder.load();
    expect(catalog.mappings.map(({ from, to }) => [from, to])).toEqual([[at(1), at(2)]]);
    expect(catalog.mapping(at(1), at(2))?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(catalog.mapping(at(2), at(1))).toBeNull();
    expect(catalog.mapping(at(1), at(1))).toBeNull();
    expect(Object.isFrozen(catalog.mapping(at(1), at(2))?.states)).toBe(true);
  });

  it('need not be there', () => {
    folder.remove('workflows/region-cycle/migrations');
    expect(folder.load().mappings).toEqual([]);
  });

  it.each<[string, (at: DefinitionsFolder) => void, string[]]>([
    [
      'a name that names no versions',
      (at) => at.write('workflows/region-cycle/migrations/up.json', '{}'),
      ['file.misplaced workflows/region-cycle/migrations/up.json'],
    ],
    [
      'versions that are not those of the name',
      (at) => at.edit<{ from: { version: number } }>(MAPPING, ({ from }) => (from.version = 2)),
      [`mapping.other-version ${MAPPING} /from`, `mapping.not-between-versions ${MAPPING} /to`],
    ],
    [
      'a version that is not installed',
      (at) => at.write('workflows/region-cycle/migrations/2-to-7.json', at.read(MAPPING)),
      ['definition.not-found workflows/region-cycle/migrations/2-to-7.json /to'],
    ],
    [
      'a state that does not exist',
      (at) =>
        at.edit<{ states: Record<string, string> }>(MAPPING, (mapping) => {
          mapping.states = { review: 'appraisal' };
        }),
      [`mapping.target-unknown ${MAPPING} /states/review`],
    ],
    [
      'a label that hides a character',
      (at) =>
        at.edit<{ labels: { de: string } }>(MAPPING, ({ labels }) => {
          labels.de = `Region\u200B`;
        }),
      [`text.invisible-characters ${MAPPING} /labels/de`],
    ],
    [
      'a word of another format',
      (at) => at.edit(MAPPING, (mapping) => (mapping['gates'] = {})),
      [`schema.unknown-key ${MAPPING} /gates`],
    ],
    ['broken JSON', (at) => at.write(MAPPING, '{'), [`definition.unreadable ${MAPPING}`]],
    [
      // Nothing is said of the mapping as well.
      'a fault in the version that it leads to',
      (at) => at.edit('workflows/region-cycle/2.json', (workflow) => delete workflow['source']),
      ['schema.missing workflows/region-cycle/2.json /source'],
    ],
  ])('are refused by name: %s', (_name, spoil, problems) => {
    spoil(folder);
    expect(refusal().problems).toEqual(problems);
  });
});
