import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '../../src/core/terms/language.js';
import { shippedDefinitions } from '../support/engine.js';

const { catalog } = shippedDefinitions();
const first = catalog.factCatalogue({ id: 'facts', version: 1 });
const second = catalog.factCatalogue({ id: 'facts', version: 2 });
const added = [...second.values()].filter(({ name }) => !first.has(name));

describe('version 2 of the fact catalogue', () => {
  it('is the latest, has every fact of version 1 as it was, and adds those of activities and calls', () => {
    expect(catalog.latestFactCatalogue()).toBe(second);
    for (const [name, fact] of first) expect(second.get(name)).toEqual(fact);
    expect([...new Set(added.map(({ name }) => name.split('.')[0]))].toSorted()).toEqual([
      'activity',
      'call',
    ]);
  });

  it('gives no two facts the same label, and says each label in five different ways', () => {
    for (const language of LANGUAGES) {
      expect(new Set([...second.values()].map(({ labels }) => labels[language])).size).toBe(second.size);
    }
    for (const { labels } of added) expect(new Set(Object.values(labels)).size).toBe(LANGUAGES.length);
  });

  it('keeps what is added to one run of an activity or a call, and marks what is counted', () => {
    for (const { scope, owner, counted, meanOf } of added) {
      expect(scope).toBe('cycle');
      expect(meanOf).toBeUndefined();
      expect(counted === true).toBe(owner === 'engine');
    }
  });

  it('leaves the rules of a region on the version that they were written for', () => {
    expect(catalog.rulebook({ id: 'region-cycle', version: 1 }).catalogue).toBe(first);
  });
});
