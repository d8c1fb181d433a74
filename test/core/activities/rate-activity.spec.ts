import { describe, expect, it } from '@jest/globals';
import { rateActivity, ratingParametersSchema } from '../../../src/core/activities/rate-activity.js';

const R12 = ratingParametersSchema.parse({ scoreMin: 3, meanMin: 3.5, linkedProjectsMin: 3, source: 'R12' });

type Score = number | null;

function rated(capacity: Score, opportunity: Score, relatedness: Score, projects = 3) {
  const linkedProjects = Array.from({ length: projects }, (_, index) => `project ${index}`);
  return rateActivity({ capacity, opportunity, relatedness, linkedProjects }, R12);
}

describe('the rating of a transformative activity', () => {
  it('passes where all three scores are shown, their mean is enough and several projects are linked', () => {
    expect(rated(4, 4, 3)).toEqual({ verdict: 'pass', mean: 11 / 3, objections: [] });
  });

  it('fails on a score that is too low, whatever the others are', () => {
    const { verdict, objections } = rated(5, 5, 2);
    expect(verdict).toBe('fail');
    expect(objections).toEqual([{ code: 'score-low', score: 'relatedness', value: 2, min: 3 }]);
  });

  it('fails on the mean where each score alone would do', () => {
    const { verdict, objections } = rated(3, 3, 4);
    expect(verdict).toBe('fail');
    expect(objections).toEqual([{ code: 'mean-low', mean: 10 / 3, min: 3.5 }]);
  });

  it('fails a single project: an activity is made of several', () => {
    expect(rated(5, 5, 5, 1)).toMatchObject({
      verdict: 'fail',
      objections: [{ code: 'projects-few', count: 1, min: 3 }],
    });
  });

  it('is not known while a score is missing that could still decide', () => {
    expect(rated(4, null, 4)).toEqual({
      verdict: 'unknown',
      mean: null,
      objections: [{ code: 'score-missing', score: 'opportunity' }],
    });
  });

  it('fails at once where the missing score could not save it', () => {
    expect(rated(2, null, null)).toMatchObject({ verdict: 'fail', mean: null });
    const strict = { ...R12, meanMin: 4.5 };
    const activity = { capacity: 4, opportunity: 4, relatedness: null, linkedProjects: ['a', 'b', 'c'] };
    expect(rateActivity(activity, strict).objections).toContainEqual({
      code: 'mean-low',
      mean: 13 / 3,
      min: 4.5,
    });
  });
});
