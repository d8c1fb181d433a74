import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CAUSES, splitDifference, type Cause } from '../../../src/core/gates/split-difference.js';
import type { RuleResult, Verdict } from '../../../src/core/gates/verdict.js';

function verdict(result: RuleResult): Verdict {
  return {
    gate: 'some_stage.exit',
    verdict: result,
    rules: [{ id: 'R01', result }],
  } as unknown as Verdict;
}

/** Today's verdict is `fail` where the causes say so, else it is what it was. */
const failsIf = (holds: (causes: ReadonlySet<Cause>) => boolean) =>
  splitDifference((causes) => verdict(holds(causes) ? 'fail' : 'pass'));

describe('the difference between a decision and today', () => {
  it('is none where nothing comes out otherwise', () => {
    const split = failsIf(() => false);
    expect([split.was, split.now, split.causes, split.rules]).toEqual(['pass', 'pass', [], []]);
  });

  it.each(CAUSES)('is due to %s alone where that alone makes it', (cause) => {
    const split = failsIf((causes) => causes.has(cause));
    expect(split.causes).toEqual([[cause]]);
    expect(split.rules).toEqual([{ rule: 'R01', was: 'pass', now: 'fail', causes: [[cause]] }]);
    expect(split.alone.filter(({ verdict }) => verdict === 'fail')).toEqual([{ cause, verdict: 'fail' }]);
    const at = CAUSES.indexOf(cause);
    expect(split.inOrder.map((step) => step.verdict)).toEqual(
      CAUSES.map((_, i) => (i >= at ? 'fail' : 'pass')),
    );
  });

  it('is an interaction where only two together make it', () => {
    const split = failsIf((causes) => causes.has('fact') && causes.has('clock'));
    expect(split.causes).toEqual([['fact', 'clock']]);
    expect(split.alone.every((step) => step.verdict === 'pass')).toBe(true);
  });

  it('names each cause that would have been enough', () => {
    const split = failsIf((causes) => causes.has('rule') || causes.has('fact'));
    expect(split.causes).toEqual([['rule'], ['fact']]);
  });

  it('is told of a gate that is gone', () => {
    const split = splitDifference((causes) => (causes.has('rule') ? null : verdict('pass')));
    expect([split.was, split.now, split.causes]).toEqual(['pass', null, [['rule']]]);
    expect(split.rules).toEqual([{ rule: 'R01', was: 'pass', now: null, causes: [['rule']] }]);
  });

  it('names sets that make it, none of whose parts does: as trying all of them says', () => {
    const sets = Array.from({ length: 2 ** CAUSES.length }, (_, bits) =>
      CAUSES.filter((_cause, i) => (bits & (1 << i)) !== 0),
    );
    const results = fc.array(fc.constantFrom('pass', 'fail', 'unknown', 'waived'), {
      minLength: sets.length,
      maxLength: sets.length,
    });
    fc.assert(
      fc.property(results, (words) => {
        const at = (set: readonly Cause[]) => words[sets.findIndex((one) => one.join() === set.join())];
        const split = splitDifference((causes) =>
          verdict(at(CAUSES.filter((cause) => causes.has(cause))) ?? 'pass'),
        );
        const now = at(CAUSES);
        const enough = sets.filter((set) => at(set) === now);
        const smallest = enough.filter(
          (set) =>
            !enough.some((one) => one.length < set.length && one.every((cause) => set.includes(cause))),
        );
        const expected = at([]) === now ? [] : smallest;
        expect(split.causes.map(String).toSorted()).toEqual(expected.map(String).toSorted());
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });
});
