import { describe, expect, it } from '@jest/globals';
import { toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import type { PointForecast } from '../../../src/core/forecast/forecast-answer.js';
import { forecastScheme } from '../../../src/core/forecast/forecast-scheme.js';
import { simulateScheme, type SimulatedScheme } from './simulated-schemes.js';

const SCHEMES = 1_000;
/** Few: a thousand schemes are forecast, and the error of one of their quantiles hardly shows in the sum. */
const RUNS = 200;
/** It only ends a test that hangs; the two take some ten seconds each. */
const TIMEOUT_MS = 180_000;

function forecastOf({ question }: SimulatedScheme): PointForecast | undefined {
  return forecastScheme({ ...question, runs: RUNS }).points[0];
}

describe('on a thousand simulated schemes whose distributions are known', () => {
  it(
    'the intervals of 80 % cover 75 to 85 % of what really comes, and miss on both sides',
    () => {
      const counts = { early: 0, inside: 0, late: 0 };
      for (let seed = 1; seed <= SCHEMES; seed += 1) {
        const scheme = simulateScheme(seed, false);
        const forecast = forecastOf(scheme);
        if (forecast?.kind !== 'distribution') throw new Error(`scheme ${seed} has ${forecast?.kind}`);
        const { earliestOn, latestOn } = forecast;
        if (earliestOn !== null && scheme.release < toDayNumber(earliestOn)) counts.early += 1;
        else if (latestOn !== null && scheme.release > toDayNumber(latestOn)) counts.late += 1;
        else counts.inside += 1;
      }
      expect(counts.inside / SCHEMES).toBeGreaterThanOrEqual(0.75);
      expect(counts.inside / SCHEMES).toBeLessThanOrEqual(0.85);
      expect(Math.min(counts.early, counts.late) / SCHEMES).toBeGreaterThan(0.05);
    },
    TIMEOUT_MS,
  );

  it(
    'a planted bottleneck ranks first, its region and its step, in at least 95 %',
    () => {
      let first = 0;
      for (let seed = 1; seed <= SCHEMES; seed += 1) {
        const scheme = simulateScheme(seed, true);
        const forecast = forecastOf(scheme);
        if (forecast?.kind !== 'distribution') throw new Error(`scheme ${seed} has ${forecast?.kind}`);
        const [step] = forecast.steps;
        if (step?.step === scheme.bottleneck && step?.region === forecast.members[0]?.member) first += 1;
      }
      expect(first / SCHEMES).toBeGreaterThanOrEqual(0.95);
    },
    TIMEOUT_MS,
  );
});
