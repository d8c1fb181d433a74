import type { ProblemTexts } from '../core/terms/problem-texts.js';
import type { EngineDeps } from '../engine/engine-deps.js';

/** One line about a request that the server itself failed to answer. */
export interface HttpLogEntry {
  readonly requestId: string;
  readonly method: string;
  /** Without the query, which may carry what does not belong into a log. */
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly error: unknown;
}

/** Everything that the HTTP door needs from outside. */
export interface HttpDeps {
  readonly engine: EngineDeps;
  /** What is wrong with a rulebook, in the reader's language. */
  readonly problemTexts: ProblemTexts;
  /** The movable clock and the mailbox exist in `development` alone. */
  readonly mode: 'development' | 'production';
  /** What the process depends on, by name: null when it is in order, else one sentence why not. */
  readonly readiness: () => Promise<Readonly<Record<string, string | null>>>;
  /** Called for every answer of 500 and above. */
  readonly log: (entry: HttpLogEntry) => void;
}

/** Injection tokens: interfaces leave no trace at run time that Nest could inject by. */
export const ENGINE = Symbol('ENGINE');
export const HTTP_DEPS = Symbol('HTTP_DEPS');
