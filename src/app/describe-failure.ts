import { DomainError } from '../core/terms/domain-error.js';
import { problemDocument } from '../http/problems/problem-document.js';
import { PostgresStartError } from '../postgres/postgres-start-error.js';
import { SettingsError } from '../settings/settings.js';

interface FileProblem {
  readonly file: string;
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** What a person at the terminal reads when a process cannot start or go on. One line each, most telling first. */
export function describeFailure(error: unknown): string[] {
  const [first = 'it failed without a word', ...more] = linesOf(error);
  return [`cordata: ${first}`, ...more];
}

function linesOf(error: unknown): string[] {
  if (error instanceof SettingsError) return error.message.split('\n');
  if (error instanceof PostgresStartError) return [error.message];
  if (error instanceof DomainError) return describeDomainError(error);
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    return [`port ${String(error.port)} is taken; set PORT to another one (PORT=0 takes any free one)`];
  }
  if (isSystemError(error) && error.code === 'EACCES' && error.syscall === 'listen') {
    return [`port ${String(error.port)} may not be used by this user; set PORT to one above 1023`];
  }
  return [error instanceof Error ? `${error.message}${placeOf(error)}` : String(error)];
}

function describeDomainError(error: DomainError): string[] {
  const { problems, server, reason } = error.details;
  if (error.code === 'database.unreachable') {
    return [`the database at ${String(server)} cannot be used: ${String(reason)}`];
  }
  if (error.code === 'queue.unreachable') return [`the queue cannot be used: ${String(reason)}`];
  if (Array.isArray(problems)) {
    const lines = (problems as FileProblem[]).map(
      ({ file, pointer, code, message }) =>
        `  ${file}${pointer === '' ? '' : `#${pointer}`}: ${message} (${code})`,
    );
    return ['these definitions cannot be used:', ...lines];
  }
  // The sentence that the API would answer, and what it is about.
  const { detail } = problemDocument(error, { instance: '', place: 'body' });
  const about = Object.entries(error.details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [`${detail.replace(/\.$/, '')}: ${[...about, error.code].join(', ')}`];
}

/** Where in the program an unforeseen error arose: one line of the stack, for whoever reports it. */
function placeOf(error: Error): string {
  const place = /\n\s+at (.*)/.exec(error.stack ?? '')?.[1];
  return isSystemError(error) || place === undefined ? '' : ` (at ${place})`;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { port?: number } {
  return error instanceof Error && 'code' in error;
}
