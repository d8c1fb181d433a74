import type { z } from 'zod';
import { DomainError } from '../../core/terms/domain-error.js';
import { pointerTo } from '../../core/terms/problem.js';
import type { FactEntry } from '../../engine/facts/fact-entry.js';
import type { taskCompletionSchema } from '../schemas/task.js';
import type { Fault } from '../problems/problem-document.js';
import { factEntry } from './fact-answers.js';

type Completion = z.output<typeof taskCompletionSchema>;

/**
 * Hands on what a completed form says: the facts of the list, and after them those by name; faults are told where they
 * were sent.
 *
 * @throws whatever the work throws
 */
export async function withReportedFacts<Result>(
  completion: Completion,
  work: (facts: readonly FactEntry[]) => Promise<Result>,
): Promise<Result> {
  const byName = Object.entries(completion.values).map(([fact, value]) => factEntry({ fact, value }));
  try {
    return await work([...completion.facts.map(factEntry), ...byName]);
  } catch (error) {
    if (!(error instanceof DomainError) || !Array.isArray(error.details['errors'])) throw error;
    const errors = (error.details['errors'] as readonly Fault[]).map((fault) => ({
      ...fault,
      pointer: whereSent(fault.pointer, completion),
    }));
    throw new DomainError(error.code, { ...error.details, errors });
  }
}

function whereSent(pointer: string, { facts, values }: Completion): string {
  const index = Number(/^\/facts\/(\d+)/.exec(pointer)?.[1] ?? 0);
  const name = Object.keys(values)[index - facts.length];
  return name === undefined ? pointer : pointerTo('/values', name);
}
