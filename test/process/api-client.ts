import type { CordataProcess } from './cordata-process.js';

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly etag: string | null;
}

/** Calls the API of a process as a script would, with one person's token. */
export async function call(
  cordata: CordataProcess,
  token: string,
  request: {
    readonly method?: string;
    readonly path: string;
    readonly body?: unknown;
    readonly key?: string;
  },
): Promise<Answer> {
  const response = await fetch(`${cordata.address}/api/v1${request.path}`, {
    method: request.method ?? (request.body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.key === undefined ? {} : { 'idempotency-key': request.key }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    etag: response.headers.get('etag'),
  };
}

const POLL_MS = 50;
/** Only a guard: what is waited for comes within a second or not at all. */
const GUARD_MS = 60_000;

/** Asks until the answer is there. Jobs do their work after the answer, so a test has to look again. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  guardMs = GUARD_MS,
): Promise<T> {
  const deadline = Date.now() + guardMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
