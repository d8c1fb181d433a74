import { describe, expect, it } from '@jest/globals';
import { cycleFuture, type CycleProspect } from '../../../src/core/proof/cycle-future.js';
import { FINDING_CODES } from '../../../src/core/proof/finding-code.js';
import { FINDING_WORDS } from '../../../src/core/proof/finding-words.js';
import { makeFinding, sortFindings } from '../../../src/core/proof/finding.js';
import { hasRecorder, hasWorker, livingPeople } from '../../../src/core/proof/living-people.js';
import { canStillHold } from '../../../src/core/proof/sync-point-prospect.js';
import { LANGUAGES } from '../../../src/core/terms/language.js';

/** A cycle that nothing can move. */
const STUCK: CycleProspect = {
  definitions: 'installed',
  isSnapshotValid: true,
  ways: [],
  timers: [],
  tasks: [],
  syncPoints: [],
};
const shut = { id: 'review.close', prospect: 'shut' } as const;

describe('the future of a live cycle', () => {
  it.each<[string, Partial<CycleProspect>]>([
    ['event', { ways: [{ type: 'advance', to: 'review', hasMover: true, gate: null }] }],
    [
      'event',
      {
        ways: [
          { type: 'close', to: 'closed', hasMover: true, gate: { id: 'review.close', prospect: 'openable' } },
        ],
      },
    ],
    ['event', { ways: [{ type: 'resume', to: 'review', hasMover: true, gate: null }] }],
    ['timer', { timers: [{ isHeld: true }, { isHeld: false }] }],
    ['task', { tasks: [{ isParked: false, hasWorker: true }] }],
    ['sync-point', { syncPoints: [{ id: 'S0', canHold: true }] }],
  ])('is there by one %s alone', (by, part) => {
    expect(cycleFuture({ ...STUCK, ...part })).toEqual({ kind: 'future', by });
  });

  it('is not made by the ways to rest and to give up', () => {
    const ways = (['suspend', 'withdraw'] as const).map((type) => ({
      type,
      to: 'review',
      hasMover: true,
      gate: null,
    }));
    expect(cycleFuture({ ...STUCK, ways })).toEqual({
      kind: 'stuck',
      code: 'cycle.no-future',
      causes: [{ code: 'event.none' }, { code: 'timer.none' }, { code: 'task.none' }],
    });
  });

  it('is denied with one cause for each way that is closed', () => {
    const future = cycleFuture({
      ...STUCK,
      ways: [
        { type: 'advance', to: 'implementation', hasMover: false, gate: null },
        { type: 'close', to: 'closed', hasMover: true, gate: shut },
      ],
      timers: [{ isHeld: true }],
      tasks: [
        { isParked: false, hasWorker: false },
        { isParked: true, hasWorker: true },
      ],
      syncPoints: [{ id: 'S0', canHold: false }],
    });
    expect(future).toEqual({
      kind: 'stuck',
      code: 'cycle.no-future',
      causes: [
        { code: 'event.nobody', subject: 'advance:implementation' },
        { code: 'gate.shut-for-good', subject: 'review.close' },
        { code: 'timer.held' },
        { code: 'task.nobody' },
        { code: 'sync-point.unreachable', subject: 'S0' },
      ],
    });
  });

  it('is not judged where the definitions or the state are not known, whatever else there is', () => {
    const ways = [{ type: 'advance', to: 'review', hasMover: true, gate: null }] as const;
    const codes = (
      [
        { definitions: 'unknown' },
        { definitions: 'edited' },
        { isSnapshotValid: false },
      ] satisfies Partial<CycleProspect>[]
    ).map((part) => {
      const future = cycleFuture({ ...STUCK, ways, ...part });
      return future.kind === 'stuck' ? future.code : future.by;
    });
    expect(codes).toEqual(['cycle.unknown-version', 'cycle.definition-edited', 'cycle.snapshot-invalid']);
  });
});

describe('a sync point', () => {
  const members = (
    ...states: readonly ['waiting' | 'arrived' | 'resting' | 'left', boolean][]
  ): Parameters<typeof canStillHold>[1] =>
    states.map(([state, isLiving], index) => ({ region: `R${index}`, state, isLiving }));

  it('can hold while as many can arrive as are needed', () => {
    const rule = { kind: 'k-of-n', k: 2 } as const;
    expect(canStillHold(rule, members(['arrived', true], ['resting', true]), 'shrink')).toBe(true);
    expect(canStillHold(rule, members(['arrived', true], ['waiting', false]), 'shrink')).toBe(false);
    expect(canStillHold(rule, members(['arrived', false], ['waiting', true]), 'hold')).toBe(true);
  });

  it('never holds with a member that left and is waited for, and always without one that left the count', () => {
    const left = members(['arrived', true], ['left', false]);
    expect(canStillHold({ kind: 'all' }, left, 'hold')).toBe(false);
    expect(canStillHold({ kind: 'all' }, left, 'shrink')).toBe(true);
  });

  it('keeps nobody waiting when nobody is left', () => {
    expect(canStillHold({ kind: 'all' }, members(['left', false], ['waiting', false]), 'hold')).toBe(true);
  });
});

describe('the living', () => {
  const people = livingPeople([
    { id: 'anna', role: 'authority', region: 'DE1' },
    { id: 'carla', role: 'coordinator', region: null },
  ]);
  const task = {
    actingRegion: 'DE2',
    candidateRoles: ['regional_authority'],
    candidatePeople: [],
    assignee: null,
  } as const;

  it('do a task as its assignee, as named persons, or by the role in the acting region', () => {
    expect(hasWorker(people, { ...task, actingRegion: 'DE1' })).toBe(true);
    expect(hasWorker(people, task)).toBe(false);
    expect(hasWorker(people, { ...task, candidatePeople: ['ghost', 'anna'] })).toBe(true);
    expect(hasWorker(people, { ...task, assignee: 'anna' })).toBe(true);
    expect(hasWorker(people, { ...task, actingRegion: 'DE1', assignee: 'ghost' })).toBe(false);
    expect(hasWorker(people, { ...task, candidateRoles: ['coordinator'] })).toBe(true);
  });

  it('record what their roles may record', () => {
    expect(hasRecorder(people, 'expert', 'DE2')).toBe(true);
    expect(hasRecorder(people, 'administrator', 'DE1')).toBe(false);
    expect(hasRecorder(people, 'engine', 'DE1')).toBe(false);
    expect(hasRecorder(livingPeople([]), 'expert', 'DE1')).toBe(false);
  });
});

describe('the words of findings', () => {
  it('give a cause and a remedy in every language, each of its own', () => {
    for (const code of FINDING_CODES) {
      const { cause, remedy } = FINDING_WORDS[code];
      const all = LANGUAGES.flatMap((language) => [cause[language], remedy[language]]);
      expect(new Set(all).size).toBe(all.length);
      for (const text of all) expect(text).toMatch(/^.{20,300}[.]$/);
    }
  });

  it('come in a fixed order, the gravest first', () => {
    const about = { cycleId: null, details: {} };
    const found = [
      makeFinding('clock.skew', { subject: 'b', ...about }),
      makeFinding('dead-letter', { subject: '2', ...about }),
      makeFinding('dead-letter', { subject: '1', ...about }),
      makeFinding('history.differs', { subject: 'x', ...about }),
    ];
    expect(sortFindings(found).map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'history.differs x',
      'dead-letter 1',
      'dead-letter 2',
      'clock.skew b',
    ]);
    expect(found.map(({ severity }) => severity)).toEqual(['warning', 'error', 'error', 'error']);
  });
});
