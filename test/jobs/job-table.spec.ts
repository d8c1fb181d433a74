import { describe, expect, it } from '@jest/globals';
import { checkJobTable, JOB_TABLE } from '../../src/jobs/job-table.js';

describe('the job table', () => {
  it('is complete as shipped', () => {
    expect(() => checkJobTable()).not.toThrow();
  });

  it('refuses to start with an effect that has no job, and with a job that has no effect', () => {
    const { notify: _, ...rest } = JOB_TABLE;
    expect(() => checkJobTable({ ...rest, dance: () => {} })).toThrow(
      expect.objectContaining({
        code: 'effect.unknown',
        details: { withoutJob: ['notify'], withoutSchema: ['dance'] },
      }),
    );
  });
});
