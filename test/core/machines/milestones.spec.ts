import { describe, expect, it } from '@jest/globals';
import { milestonesReached } from '../../../src/core/machines/milestones.js';
import { regionCycle } from './region-cycle.js';

describe('milestones', () => {
  it('are reached by entering a state', () => {
    expect(milestonesReached(regionCycle, { enteredState: 'review' })).toEqual(['review-entered']);
  });

  it('are reached by recording a fact, whatever else is recorded with it', () => {
    const recordedFacts = ['edw.held', 'stresstest.closed_on', 'approval.regional_decision_on'];
    expect(milestonesReached(regionCycle, { recordedFacts })).toEqual([
      'stress-test-closed',
      'strategy-decided',
    ]);
  });

  it('are not reached by a state or fact that none names', () => {
    expect(milestonesReached(regionCycle, { enteredState: 'withdrawn' })).toEqual([]);
    expect(milestonesReached(regionCycle, { recordedFacts: ['edw.held'] })).toEqual([]);
    expect(milestonesReached(regionCycle, { recordedFacts: ['review'] })).toEqual([]);
    expect(milestonesReached(regionCycle, { recordedFacts: [] })).toEqual([]);
  });
});
