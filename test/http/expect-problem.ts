import { expect } from '@jest/globals';
import type { z } from 'zod';
import { problemSchema } from '../../src/http/schemas/problem.js';
import type { TestAnswer } from './test-api.js';

/**
 * Expects an answer to be a complete problem document of this code, and its faults to lie where they should.
 *
 * @param where `in` and `pointer` of each fault, as `body /facts/0/value`; none: the problem is of the whole
 */
export function expectProblem(
  answer: TestAnswer,
  status: number,
  code: string,
  where: readonly string[] = [],
): z.output<typeof problemSchema> {
  expect([answer.status, answer.body['code'] ?? answer.text]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\.js:/);
  const problem = problemSchema.parse(answer.body);
  expect([problem.status, problem.type]).toEqual([status, `urn:cordata:problem:${code}`]);
  expect((problem.errors ?? []).map(({ in: place, pointer }) => `${place} ${pointer}`)).toEqual(where);
  return problem;
}
