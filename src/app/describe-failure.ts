import { DomainError } from '../core/terms/domain-error.js';
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
  if (error instanceof SettingsError)
    return error.message.split('\n').map((line, index) => (index === 0 ? `cordata: ${line}` : line));
  if (error instanceof PostgresStartError) return [`cordata: ${error.message}`];
  if (error instanceof DomainError) return describeDomainError(error);
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    return [
      `cordata: port ${String(error.port)} is taken; set PORT to another one (PORT=0 takes any free one)`,
    ];
  }
  if (isSystemError(error) && error.code === 'EACCES' && error.syscall === 'listen') {
    return [`cordata: port ${String(error.port)} may not be used by this user; set PORT to one above 1023`];
  }
  if (error instanceof Error) return [`cordata: ${error.message}`];
  return [`cordata: ${String(error)}`];
}

function describeDomainError(error: DomainError): string[] {
  const { problems, server, reason } = error.details;
  if (error.code === 'database.unreachable') {
    return [`cordata: the database at ${String(server)} cannot be used: ${String(reason)}`];
  }
  if (Array.isArray(problems)) {
    const lines = (problems as FileProblem[]).map(
      ({ file, pointer, code, message }) =>
        `  ${file}${pointer === '' ? '' : `#${pointer}`}: ${message} (${code})`,
    );
    return ['cordata: these definitions cannot be used:', ...lines];
  }
  return [`cordata: ${error.message}`];
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { port?: number } {
  return error instanceof Error && 'code' in error;
}
