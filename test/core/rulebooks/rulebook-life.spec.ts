import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  applyLifeEvent,
  FIRST_LIFE_SNAPSHOT,
  LIFE_STATES,
  possibleLifeEvents,
  PUBLISHED_LIFE_SNAPSHOT,
  readLifeSnapshot,
  type LifeEventType,
  type LifeFacts,
  type LifeSnapshot,
} from '../../../src/core/rulebooks/rulebook-life.js';

const GOOD: LifeFacts = {
  authors: ['anna'],
  tests: { failing: 0, coverage: 0.95 },
  coverageMin: 0.9,
  alarms: 0,
  signedBy: null,
  approvedBy: null,
};

const at = (value: LifeSnapshot['value']): LifeSnapshot => ({ ...FIRST_LIFE_SNAPSHOT, value });

/** What comes of an event: the next state, or why there is none. */
function outcome(
  value: LifeSnapshot['value'],
  type: LifeEventType,
  facts: Partial<LifeFacts> = {},
  by = 'berta',
): string | readonly string[] {
  const decision = applyLifeEvent(at(value), { type, by, facts: { ...GOOD, ...facts } });
  if (decision.kind === 'moved') return decision.to;
  return decision.kind === 'refused' ? decision.reasons : decision.kind;
}

describe('the life of a rulebook', () => {
  it('leads from draft over tested and approved to published and retired', () => {
    const approved = { approvedBy: 'berta' };
    const events = [['test'], ['approve'], ['publish', approved], ['retire']] as const;
    let snapshot = FIRST_LIFE_SNAPSHOT;
    const states = events.map(([type, facts]) => {
      const decision = applyLifeEvent(snapshot, { type, by: 'berta', facts: { ...GOOD, ...facts } });
      if (decision.kind !== 'moved') throw new Error(decision.kind);
      snapshot = decision.snapshot;
      return snapshot.value;
    });
    expect(states).toEqual(['tested', 'approved', 'published', 'retired']);
    expect(snapshot.status).toBe('done');
  });

  it('leads back to draft with every edit, and ends with a discard', () => {
    for (const state of ['draft', 'tested', 'approved'] as const) {
      expect([outcome(state, 'edit'), outcome(state, 'discard')]).toEqual(['draft', 'discarded']);
    }
    for (const state of ['published', 'retired', 'discarded'] as const) {
      expect([outcome(state, 'edit'), outcome(state, 'discard')]).toEqual(['not-possible', 'not-possible']);
    }
  });

  it('is tested only by a run in which nothing fails and enough is covered', () => {
    expect(outcome('draft', 'test')).toBe('tested');
    expect(outcome('draft', 'test', { tests: { failing: 1, coverage: 1 } })).toBe('draft');
    expect(outcome('tested', 'test', { tests: { failing: 0, coverage: 0.89 } })).toBe('draft');
    expect(outcome('draft', 'test', { tests: { failing: 0, coverage: Number.NaN } })).toBe('draft');
    expect(outcome('approved', 'test')).toBe('approved');
  });

  it('names everything that is in the way of an approval', () => {
    expect(outcome('draft', 'approve')).toBe('not-possible');
    expect(outcome('tested', 'approve', {}, 'anna')).toEqual(['approver.is-author']);
    expect(outcome('tested', 'approve', { alarms: null })).toEqual(['check.not-run']);
    expect(outcome('tested', 'approve', { alarms: 2 })).toEqual(['check.alarm-unsigned']);
    expect(outcome('tested', 'approve', { alarms: 2, signedBy: 'anna' })).toEqual(['check.alarm-unsigned']);
    expect(outcome('tested', 'approve', { alarms: 2, signedBy: 'berta' })).toBe('approved');
    expect(outcome('tested', 'approve', { tests: { failing: 3, coverage: 0 }, alarms: 1 }, 'anna')).toEqual([
      'tests.failing',
      'coverage.below-minimum',
      'check.alarm-unsigned',
      'approver.is-author',
    ]);
  });

  it('lets only a second person sign, and only over alarms', () => {
    expect(outcome('tested', 'sign', { alarms: 1 })).toBe('tested');
    expect(outcome('tested', 'sign', { alarms: 1 }, 'anna')).toEqual(['signer.is-author']);
    expect(outcome('tested', 'sign')).toEqual(['check.no-alarm']);
    expect(outcome('draft', 'sign', { alarms: null })).toEqual(['check.not-run']);
  });

  it('spares an emergency the second person and nothing else', () => {
    expect(outcome('tested', 'publish-emergency', {}, 'anna')).toBe('published');
    expect(outcome('draft', 'publish-emergency')).toBe('not-possible');
    expect(outcome('tested', 'publish-emergency', { alarms: 1 })).toEqual(['check.alarm-unsigned']);
    expect(outcome('tested', 'publish-emergency', { tests: null })).toEqual(['tests.not-run']);
    expect(outcome('tested', 'publish')).toBe('not-possible');
    expect(outcome('approved', 'publish')).toEqual(['approval.missing']);
  });

  it('never comes to be published without good tests, nor without a second person but in an emergency', () => {
    const person = fc.constantFrom('anna', 'berta', 'carla');
    const facts: fc.Arbitrary<LifeFacts> = fc.record({
      authors: fc.uniqueArray(person, { minLength: 1 }),
      tests: fc.option(fc.record({ failing: fc.nat(1), coverage: fc.double({ min: 0, max: 1 }) })),
      coverageMin: fc.constantFrom(0, 0.5, 0.9),
      alarms: fc.option(fc.nat(1)),
      signedBy: fc.option(person),
      approvedBy: fc.option(person),
    });
    const types: LifeEventType[] = [...new Set(LIFE_STATES.flatMap(possibleLifeEvents))];
    const step = fc.record({ type: fc.constantFrom(...types), by: person, facts });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let snapshot = FIRST_LIFE_SNAPSHOT;
        for (const event of steps) {
          const decision = applyLifeEvent(snapshot, event);
          if (decision.kind !== 'moved') continue;
          snapshot = readLifeSnapshot(JSON.parse(JSON.stringify(decision.snapshot)));
          if (decision.to !== 'published') continue;
          const { tests, coverageMin, alarms, signedBy, approvedBy, authors } = event.facts;
          expect(tests?.failing).toBe(0);
          expect(tests?.coverage).toBeGreaterThanOrEqual(coverageMin);
          expect(alarms === 0 || (signedBy !== null && !authors.includes(signedBy))).toBe(true);
          expect(event.type === 'publish-emergency' || !authors.includes(approvedBy ?? authors[0]!)).toBe(
            true,
          );
        }
      }),
      { seed: 20_170_703, numRuns: 10_000 },
    );
  });

  it('refuses a stored snapshot that is none', () => {
    for (const odd of [null, {}, { value: 'born', context: {}, status: 'active' }, 'draft']) {
      expect(() => readLifeSnapshot(odd)).toThrow(
        expect.objectContaining({ code: 'definition.hash-mismatch' }),
      );
    }
    expect(possibleLifeEvents(PUBLISHED_LIFE_SNAPSHOT.value)).toEqual(['retire']);
    expect(possibleLifeEvents('retired')).toEqual([]);
  });
});
