import { describe, expect, it } from '@jest/globals';
import {
  initialSnapshot,
  readSnapshot,
  stageOf,
  statusOf,
} from '../../../src/core/machines/cycle-snapshot.js';
import { DomainError } from '../../../src/core/terms/domain-error.js';
import { at, regionCycle } from './region-cycle.js';

const POSITIONS = [
  'draft',
  'agenda_setting',
  'review',
  'review (suspended)',
  'implementation (suspended)',
  'withdrawn',
  'closed',
];

function codeOf(json: unknown): string {
  try {
    readSnapshot(regionCycle, json);
    return 'read';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'another error';
  }
}

describe('a stored snapshot', () => {
  it.each(POSITIONS)('of %s reads back as it was', (position) => {
    const snapshot = at(position, 3);
    expect(readSnapshot(regionCycle, JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  });

  it('is plain JSON with three members', () => {
    expect(initialSnapshot(regionCycle).snapshot).toEqual({
      value: 'draft',
      context: { number: 1 },
      status: 'active',
    });
  });

  it.each([
    ['a state that the workflow does not have', { ...at('review'), value: { appraisal: 'active' } }],
    ['an unknown draft', { ...at('draft'), value: 'sketch' }],
    ['an inherited name as a state', { ...at('draft'), value: 'constructor' }],
    ['a part that a stage does not have', { ...at('review'), value: { review: 'paused' } }],
    ['a stage without its part', { ...at('review'), value: 'review' }],
    ['a draft with a part', { ...at('draft'), value: { draft: 'active' } }],
    ['two stages at once', { ...at('review'), value: { review: 'active', implementation: 'active' } }],
    ['no stage at all', { ...at('review'), value: {} }],
    ['a final state that is not done', { ...at('closed'), status: 'active' }],
    ['a stage that is done', { ...at('review'), status: 'done' }],
    ['the status of a failed machine', { ...at('review'), status: 'error' }],
    ['a cycle number below one', { ...at('review'), context: { number: 0 } }],
    ['a broken cycle number', { ...at('review'), context: { number: 1.5 } }],
    ['a context from elsewhere', { ...at('review'), context: { number: 1, owner: 'x' } }],
    ['nothing', null],
    ['a text', 'review'],
  ])('is refused with %s', (_name, json) => {
    expect(codeOf(json)).toBe('definition.hash-mismatch');
  });
});

describe('stage and status', () => {
  it.each([
    ['draft', 'draft', 'active'],
    ['agenda_setting', 'agenda_setting', 'active'],
    ['review (suspended)', 'review', 'suspended'],
    ['withdrawn', 'withdrawn', 'withdrawn'],
    ['closed', 'closed', 'closed'],
  ])('of %s are %s and %s', (position, stage, status) => {
    expect([stageOf(at(position)), statusOf(regionCycle, at(position))]).toEqual([stage, status]);
  });
});
