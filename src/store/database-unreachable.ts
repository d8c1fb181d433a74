import { DomainError } from '../core/terms/domain-error.js';
import type { ErrorCode } from '../core/terms/error-code.js';
import { isConnectionFailure, isOutOfRoom } from './connection-failure.js';

/** Names every failure of `work` as `database.unreachable`: for work that can fail in no other way. */
export async function reaching(url: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** Gives a failure of the connection and of a full server its name; every other failure stays what it is. */
export async function namingUnreachable<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConnectionFailure(error)) throw unreachable(url, error);
    throw isOutOfRoom(error) ? failure('database.full', url, error) : error;
  }
}

function unreachable(url: string, error: unknown): DomainError {
  return failure('database.unreachable', url, error);
}

/** Server and database are named; user and password are not. */
function failure(code: ErrorCode, url: string, error: unknown): DomainError {
  const { host, pathname } = new URL(url);
  return new DomainError(code, { server: `${host}${pathname}`, reason: reasonOf(error) }, 'later');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection comes as a bundle of one error per address, without a message of its own.
  if (error instanceof AggregateError) return error.errors.map((each: unknown) => reasonOf(each)).join('; ');
  return error.message === '' ? error.name : error.message;
}
