import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeBarrier, type BarrierMember } from '../../../src/core/sync/barrier.js';
import type { BarrierRule } from '../../../src/core/sync/barrier-rule.js';
import type { LeaverPolicy } from '../../../src/core/sync/sync-point.js';

const SEED = 20170714;
const RUNS = 1000;

const STATES = { w: 'waiting', a: 'arrived', l: 'left' } as const;

/** `aawl`: two members that arrived, one that waits, one that left; named R0, R1, ... */
function membersOf(letters: string): BarrierMember[] {
  return [...letters].map((letter, index) => {
    return { region: `R${index}`, state: STATES[letter as keyof typeof STATES] };
  });
}

const all: BarrierRule = { kind: 'all' };
const kOf = (k: number): BarrierRule => ({ kind: 'k-of-n', k });

/** Name, rule, members, leaver policy -> whether it holds, how many it needs. */
type Row = [string, BarrierRule, string, LeaverPolicy, boolean, number];

describe('a barrier', () => {
  it.each<Row>([
    ['all, nobody there', all, 'www', 'shrink', false, 3],
    ['all, one missing', all, 'aaw', 'shrink', false, 3],
    ['all, everybody there', all, 'aaa', 'shrink', true, 3],
    ['all, the missing one leaves and the count shrinks', all, 'aal', 'shrink', true, 2],
    ['all, the missing one leaves and is waited for', all, 'aal', 'hold', false, 3],
    ['all, everybody leaves', all, 'lll', 'shrink', false, 0],
    ['all, everybody leaves and is waited for', all, 'lll', 'hold', false, 3],
    ['two of four, one there', kOf(2), 'awww', 'shrink', false, 2],
    ['two of four, two there', kOf(2), 'aaww', 'shrink', true, 2],
    ['two of four, three there', kOf(2), 'aaaw', 'shrink', true, 2],
    ['three of four, one leaves, three remain', kOf(3), 'aawl', 'shrink', false, 3],
    ['three of four, two leave, k shrinks to the two that remain', kOf(3), 'aall', 'shrink', true, 2],
    ['three of four, two leave, one of the two that remain is missing', kOf(3), 'awll', 'shrink', false, 2],
    ['three of four, two leave and are waited for', kOf(3), 'aall', 'hold', false, 3],
    ['two of four, two leave and are not needed', kOf(2), 'aall', 'hold', true, 2],
    ['one of two, everybody leaves', kOf(1), 'll', 'shrink', false, 0],
    ['one of two, everybody leaves and is waited for', kOf(1), 'll', 'hold', false, 1],
    ['nine of eleven, eight there', kOf(9), 'aaaaaaaawww', 'shrink', false, 9],
    ['nine of eleven, nine there', kOf(9), 'aaaaaaaaaww', 'shrink', true, 9],
    ['nine of eleven, three leave, all eight others there', kOf(9), 'aaaaaaaalll', 'shrink', true, 8],
    ['no member at all', all, '', 'hold', false, 0],
  ])('%s', (...[, rule, letters, leaver, holds, needed]) => {
    expect(judgeBarrier(rule, membersOf(letters), leaver)).toMatchObject({ holds, needed });
  });

  it('names who has arrived and who is missing, in the order of the members', () => {
    expect(judgeBarrier(all, membersOf('walaw'), 'shrink')).toEqual({
      holds: false,
      reachable: true,
      leaves: [{ kind: 'all', has: 2, needs: 4, holds: false }],
      arrived: ['R1', 'R3'],
      missing: ['R0', 'R4'],
      needed: 4,
    });
    expect(judgeBarrier(all, membersOf('wal'), 'hold').missing).toEqual(['R0', 'R2']);
  });
});

const rules: fc.Arbitrary<BarrierRule> = fc.oneof(
  fc.constant(all),
  fc.integer({ min: 1, max: 12 }).map((k) => kOf(k)),
);
const leavers = fc.constantFrom<LeaverPolicy>('shrink', 'hold');
const groups = fc
  .array(fc.constantFrom('w', 'a', 'l'), { maxLength: 12 })
  .map((letters) => membersOf(letters.join('')));

describe('any barrier', () => {
  it('stays open when one more member arrives', () => {
    fc.assert(
      fc.property(rules, groups, leavers, fc.nat(), (rule, members, leaver, pick) => {
        const waiting = members.filter(({ state }) => state === 'waiting');
        const next = waiting[pick % Math.max(1, waiting.length)];
        const later = members.map((member) =>
          member === next ? { ...member, state: 'arrived' as const } : member,
        );
        const before = judgeBarrier(rule, members, leaver);
        const after = judgeBarrier(rule, later, leaver);
        expect(after.needed).toBe(before.needed);
        expect(before.holds && !after.holds).toBe(false);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('stays open when a member that it still waits for leaves', () => {
    fc.assert(
      fc.property(rules, groups, leavers, (rule, members, leaver) => {
        const before = judgeBarrier(rule, members, leaver);
        const later = members.map((member) =>
          member.state === 'waiting' ? { ...member, state: 'left' as const } : member,
        );
        expect(before.holds && !judgeBarrier(rule, later, leaver).holds).toBe(false);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('does not depend on the order of its members', () => {
    const shuffled = groups.chain((members) =>
      fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
    );
    fc.assert(
      fc.property(rules, shuffled, leavers, (rule, [members, others], leaver) => {
        const one = judgeBarrier(rule, members, leaver);
        const other = judgeBarrier(rule, others, leaver);
        expect([other.holds, other.needed]).toEqual([one.holds, one.needed]);
        expect(other.arrived.toSorted()).toEqual(one.arrived.toSorted());
        expect(other.missing.toSorted()).toEqual(one.missing.toSorted());
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('holds only with somebody there, and never asks for more than there are', () => {
    fc.assert(
      fc.property(rules, groups, leavers, (rule, members, leaver) => {
        const { holds, arrived, missing, needed } = judgeBarrier(rule, members, leaver);
        expect(!holds || arrived.length > 0).toBe(true);
        expect(needed).toBeLessThanOrEqual(arrived.length + missing.length);
        expect(holds).toBe(needed > 0 && arrived.length >= needed);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
