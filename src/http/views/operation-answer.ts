import type { z } from 'zod';
import { DomainError } from '../../core/terms/domain-error.js';
import type { readOperation, readOperationItems } from '../../engine/operations/read-operations.js';
import { isErrorCode, problemDocument } from '../problems/problem-document.js';
import type { operationItemSchema, operationSchema } from '../schemas/operation.js';

type OperationView = Awaited<ReturnType<typeof readOperation>>;
type OperationItem = Awaited<ReturnType<typeof readOperationItems>>[number];
type ItemAnswer = z.output<typeof operationItemSchema>;

export function operationAnswer(operation: OperationView): z.output<typeof operationSchema> {
  const { total, counts } = operation;
  return {
    ...operation,
    filter: { ...operation.filter },
    parameters: { ...operation.parameters },
    by: { ...operation.by },
    counts: { ...counts },
    progress: total === 0 ? 1 : (total - counts.waiting) / total,
  };
}

export function operationItemAnswer(item: OperationItem): ItemAnswer {
  const { position, kind, subject, region, status } = item;
  return {
    position,
    kind,
    subject,
    region,
    status,
    plan: resultAnswer(item.plan as unknown as ItemAnswer['plan']),
    outcome: (item.outcome ?? null) === null ? null : resultAnswer(item.outcome as unknown as Outcome),
    at: item.at ?? null,
  };
}

type Outcome = NonNullable<ItemAnswer['outcome']>;

/** A refusal without words of its own has those that the API answers it with. */
function resultAnswer<Result extends ItemAnswer['plan'] | Outcome>(result: Result): Result {
  // What the program says of its own failures is for whoever looks into the rows.
  const { failure: _failure, ...details } = result.details;
  return { ...result, words: result.words ?? wordsOf(result), details };
}

function wordsOf({ result, code, details }: ItemAnswer['plan'] | Outcome): string | null {
  if (result !== 'refused' || !isErrorCode(code)) return null;
  return problemDocument(new DomainError(code, details), { instance: '', place: 'body' }).detail;
}
