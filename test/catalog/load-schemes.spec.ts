import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSchemes } from '../../src/catalog/load-schemes.js';
import type { SchemeDefinition } from '../../src/core/sync/scheme-definition.js';
import { DefinitionsFolder, refusalOf, TEMPLATES } from './definitions-folder.js';

const SCHEME = 'config/schemes/s3-4alpclusters.json';

let folder: DefinitionsFolder;
beforeEach(() => {
  folder = new DefinitionsFolder();
});
afterEach(() => folder.remove());

function load(): readonly SchemeDefinition[] {
  return loadSchemes(join(folder.dir, 'config', 'schemes'), folder.load(), TEMPLATES);
}

interface Editable {
  workflow: { version: number };
  rulebook: { version: number };
  syncPoints: { milestone: string }[];
  regions: { calendar: string }[];
}

describe('the shipped scheme', () => {
  it('fits the shipped definitions and has its eleven regions', () => {
    expect(refusalOf(load)).toEqual({ code: 'loaded', problems: [] });
    expect(load().map(({ id, regions }) => [id, regions.length])).toEqual([['s3-4alpclusters', 11]]);
  });

  it.each<[string, (scheme: Editable) => unknown, string[]]>([
    [
      'its workflow',
      (scheme) => (scheme.workflow.version = 9),
      ['definition.not-found schemes/s3-4alpclusters.json /workflow'],
    ],
    [
      'its rulebook',
      (scheme) => (scheme.rulebook.version = 9),
      ['definition.not-found schemes/s3-4alpclusters.json /rulebook'],
    ],
    [
      'a milestone',
      (scheme) => (scheme.syncPoints[0]!.milestone = 'summit'),
      ['milestone.unknown schemes/s3-4alpclusters.json /syncPoints/0/milestone'],
    ],
    [
      'a calendar',
      (scheme) => (scheme.regions[2]!.calendar = 'AT-9'),
      ['calendar.unknown schemes/s3-4alpclusters.json /regions/2/calendar'],
    ],
  ])('is refused without %s', (_name, spoil, problems) => {
    folder.edit<Editable>(SCHEME, spoil);
    expect(refusalOf(load)).toEqual({ code: 'definition.invalid', problems });
  });

  it('is refused with a rulebook that lacks a gate of its workflow, though each alone is in order', () => {
    folder.edit<{ version: number; gates: Record<string, unknown> }>(
      'rules/region-cycle/1.json',
      (rulebook) => {
        rulebook.version = 2;
        rulebook.gates['review.shut'] = rulebook.gates['review.close'];
        delete rulebook.gates['review.close'];
      },
    );
    const second = folder.read('rules/region-cycle/1.json');
    const fresh = new DefinitionsFolder();
    folder.write('rules/region-cycle/1.json', fresh.read('rules/region-cycle/1.json'));
    folder.write('rules/region-cycle/2.json', second);
    fresh.remove();
    folder.edit<Editable>(SCHEME, (scheme) => {
      scheme.rulebook.version = 2;
    });
    expect(refusalOf(load)).toEqual({
      code: 'definition.invalid',
      problems: ['gate.unknown schemes/s3-4alpclusters.json /rulebook'],
    });
  });

  it('is refused with a rule that must stand in a stage which its workflow does not have', () => {
    folder.edit<{ rules: { standing?: string[] }[] }>('rules/region-cycle/1.json', ({ rules }) => {
      for (const rule of rules) if (rule.standing !== undefined) rule.standing = ['implementation', 'closed'];
    });
    expect(refusalOf(load)).toEqual({
      code: 'definition.invalid',
      problems: ['standing.unknown-stage schemes/s3-4alpclusters.json /rulebook'],
    });
  });
});
