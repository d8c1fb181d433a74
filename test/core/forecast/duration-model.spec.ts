import { describe, expect, it } from '@jest/globals';
import {
  evidenceFor,
  type CompletedStep,
  type RegionClass,
} from '../../../src/core/forecast/completed-step.js';
import { drawDurations } from '../../../src/core/forecast/draw-durations.js';
import { estimateDuration, EVIDENCE_WEIGHTS } from '../../../src/core/forecast/duration-model.js';

const KIND = 'agenda_setting';

function completed(region: string, regionClass: RegionClass, ...lengths: number[]): CompletedStep[] {
  return lengths.map((days) => ({ region, class: regionClass, kind: KIND, days }));
}

const steps = (count: number, days: number) => completed('x', 'advanced', ...Array<number>(count).fill(days));

/** The days at the centre of what is estimated. */
function centre(
  own: readonly CompletedStep[],
  peers: readonly CompletedStep[],
  target: number | null,
): number {
  const model = estimateDuration({ own, peers }, target, EVIDENCE_WEIGHTS);
  if (model === null) throw new Error('nothing is known');
  return Math.exp(model.centre);
}

describe('the evidence for a step', () => {
  it('is the region’s own history and that of the other regions of its class', () => {
    const history = [
      ...completed('AT32', 'advanced', 80),
      ...completed('DE1', 'advanced', 90),
      ...completed('SI0', 'convergence', 100),
      { region: 'DE2', class: 'advanced' as const, kind: 'review', days: 1 },
    ];
    expect(evidenceFor({ region: 'AT32', class: 'advanced', kind: KIND }, history)).toEqual({
      own: completed('AT32', 'advanced', 80),
      peers: completed('DE1', 'advanced', 90),
    });
  });

  it('has no peers where the class is not known', () => {
    const history = [...completed('CH022', null, 80), ...completed('XX1', null, 90)];
    const { own, peers } = evidenceFor({ region: 'CH022', class: null, kind: KIND }, history);
    expect([own.length, peers.length]).toEqual([1, 0]);
  });
});

describe('the model of a duration', () => {
  it('is the target where nothing has happened', () => {
    expect(centre([], [], 60)).toBeCloseTo(60);
  });

  it('is the peers’ more than the target’s as soon as there are two', () => {
    expect(centre([], steps(9, 120), 60)).toBeCloseTo(60 * 2 ** 0.9);
    expect(centre([], steps(1, 120), 60)).toBeCloseTo(60 * Math.SQRT2);
  });

  it('counts many peers as three steps of the region’s own at most', () => {
    // 60 days, a quarter more or less, and 66 do not contradict each other: three count as much as fifty.
    const fifty = [...steps(25, 48), ...steps(25, 75)];
    expect(centre(steps(3, 66), fifty, null)).toBeCloseTo(Math.sqrt(60 * 66));
  });

  it('believes a region that has always been slower than all others', () => {
    const pulled = centre(steps(4, 300), steps(20, 60), 60);
    expect(pulled).toBeGreaterThan(270);
  });

  it('does not exist where there is neither a target nor history', () => {
    expect(estimateDuration({ own: [], peers: [] }, null, EVIDENCE_WEIGHTS)).toBeNull();
    expect(centre(steps(1, 40), [], null)).toBeCloseTo(40);
  });

  it('errs together with the other regions where it rests on the target, and alone where on its own history', () => {
    const shared = (own: number, target: number | null) =>
      estimateDuration({ own: steps(own, 60), peers: [] }, target, EVIDENCE_WEIGHTS)?.sharedPart;
    expect(shared(0, 60)).toBe(1);
    expect(shared(1, 60)).toBeCloseTo(0.5);
    expect(shared(3, null)).toBe(0);
  });
});

describe('the lengths that are drawn', () => {
  const model = estimateDuration({ own: [], peers: steps(20, 60) }, 60, EVIDENCE_WEIGHTS);
  const draw = (elapsedDays: number | null, seed = 1) => {
    if (model === null) throw new Error('nothing is known');
    return drawDurations(model, { seed, runs: 4_000, step: 'a', kind: KIND, elapsedDays });
  };
  const middle = (days: Int32Array) => days.toSorted()[days.length / 2] ?? 0;

  it('lie around the centre, and are the same for the same seed', () => {
    expect(Math.abs(middle(draw(null)) - 60)).toBeLessThanOrEqual(2);
    expect(draw(null)).toEqual(draw(null));
    expect(draw(null, 2)).not.toEqual(draw(null));
  });

  it('are longer than what has gone by, and the longer the more has', () => {
    const medians = [null, 50, 100, 400, 3_000].map((elapsed) => {
      const days = draw(elapsed);
      expect(Math.min(...days)).toBeGreaterThan(elapsed ?? 0);
      return middle(days);
    });
    expect(medians).toEqual(medians.toSorted((one, other) => one - other));
  });
});
