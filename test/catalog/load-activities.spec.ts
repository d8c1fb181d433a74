import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { shippedDefinitions } from '../support/engine.js';
import { DefinitionsFolder, refusalOf } from './definitions-folder.js';

const FILE = 'config/activities/default.json';

let folder: DefinitionsFolder;
beforeEach(() => {
  folder = new DefinitionsFolder();
});
afterEach(() => folder.remove());

interface Editable {
  criticalMass: { regionsMin: number };
  diamond: { proximityMin: number };
  themes: Record<string, unknown>;
}

describe('what activities are searched by', () => {
  it('is read and frozen, with a name for every theme that a shipped region has', () => {
    const parameters = folder.load().activityParameters();
    expect(Object.isFrozen(parameters.criticalMass)).toBe(true);
    const themes = shippedDefinitions().schemes.flatMap(({ regions }) =>
      regions.flatMap(({ themeTags = [] }) => themeTags),
    );
    expect([...new Set(themes)].toSorted()).toEqual(Object.keys(parameters.themes).toSorted());
  });

  it('names the thresholds that the rules of activities apply at their gates', () => {
    const { catalog } = shippedDefinitions();
    const { rating, criticalMass } = catalog.activityParameters();
    const { definition } = catalog.rulebook({ id: 'transformative-activity', version: 1 });
    const values = (rule: string) =>
      Object.fromEntries(
        Object.entries(definition.rules.find(({ id }) => id === rule)?.parameters ?? {}).map(
          ([name, parameter]) => [name, 'value' in parameter ? parameter.value : null],
        ),
      );
    expect(values('R12')).toEqual({
      score_min: rating.scoreMin,
      mean_min: rating.meanMin,
      linked_projects_min: rating.linkedProjectsMin,
    });
    for (const rule of ['R14a', 'R14b', 'R14d']) {
      expect(values(rule)).toEqual({
        regions_min: criticalMass.regionsMin,
        regions_min_all_advanced: criticalMass.regionsMin + criticalMass.regionsMoreIfAllAdvanced,
        countries_min: criticalMass.countriesMin,
      });
    }
  });

  it.each<[string, (at: DefinitionsFolder) => void, string[]]>([
    ['no file', (at) => at.remove(FILE), ['definition.none activities']],
    [
      'a file of another name',
      (at) => at.write('config/activities/other.json', at.read(FILE)),
      ['file.misplaced activities/other.json'],
    ],
    [
      'a threshold below one',
      (at) => at.edit<Editable>(FILE, ({ criticalMass }) => (criticalMass.regionsMin = 0)),
      ['schema.too-small activities/default.json /criticalMass/regionsMin'],
    ],
    [
      'a theme that is none',
      (at) => at.edit<Editable>(FILE, ({ themes }) => (themes['Energy'] = themes['health'])),
      ['schema.invalid-key activities/default.json /themes/Energy'],
    ],
  ])('is refused with %s', (_name, spoil, problems) => {
    spoil(folder);
    expect(refusalOf(() => folder.load()).problems).toEqual(problems);
  });
});

describe('what the shipped regions turn to', () => {
  it('are the themes of their priorities, and nothing else', () => {
    const [scheme] = shippedDefinitions().schemes;
    for (const { themeTags = [], origins = [] } of scheme?.regions ?? []) {
      expect(new Set(origins.flatMap(({ themes }) => themes))).toEqual(new Set(themeTags));
      expect(new Set(themeTags).size).toBe(themeTags.length);
    }
  });
});
