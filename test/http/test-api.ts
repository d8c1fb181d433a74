import { createHttpApp } from '../../src/http/create-http-app.js';
import type { HttpDeps, HttpLogEntry } from '../../src/http/http-deps.js';
import { Client } from 'pg';
import { instant, openTestEngine, shippedDefinitions, tokenOf, type TestEngine } from '../support/engine.js';

/** An answer as a test looks at it. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the text under `text` where it is none. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface TestRequest {
  /** Account id; absent: no token. */
  readonly as?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The whole API on a loopback port, over a database of its own. */
export interface TestApi {
  readonly engine: TestEngine;
  readonly origin: string;
  /** What the server logged, that is, every failure of its own. */
  readonly logged: readonly HttpLogEntry[];
  /** Every route of the router, as `GET /api/v1/cycles/:id`. */
  readonly routes: readonly string[];
  /** `route` is `GET /cycles`, under the API's prefix, or with a full path behind `=`: `GET =/health/live`. */
  send(route: string, request?: TestRequest): Promise<TestAnswer>;
  /** Rows of every table, by table. */
  countRows(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export async function openTestApi(
  settings: Partial<Pick<HttpDeps, 'mode' | 'readiness'>> = {},
): Promise<TestApi> {
  const engine = await openTestEngine();
  engine.clock.set(instant('2017-07-03T08:00:00Z'));
  const logged: HttpLogEntry[] = [];
  const app = await createHttpApp({
    engine: engine.deps,
    problemTexts: shippedDefinitions().problemTexts,
    mode: 'development',
    readiness: async () => ({ database: null }),
    log: (entry) => logged.push(entry),
    ...settings,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  const rows = new Client({ connectionString: engine.url });
  rows.on('error', () => {});
  await rows.connect();
  return {
    engine,
    origin,
    logged,
    routes: readRoutes(app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false })),
    send: (route, request) => send(origin, route, request),
    countRows: () => countRows(rows),
    async close() {
      await rows.end();
      await app.close();
      await engine.close();
    },
  };
}

async function send(origin: string, route: string, request: TestRequest = {}): Promise<TestAnswer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const { as, body, raw, headers = {} } = request;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(origin + (path.startsWith('=') ? path.slice(1) : `/api/v1${path}`), {
    method,
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${tokenOf(as)}` }),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: parse(text), text };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}

/** Reads the router's tree, in which each level is set in by four characters. */
function readRoutes(tree: string): readonly string[] {
  const path: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', step = '', methods = ''] = /^(.*?)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (step === '') return [];
    path.splice(indent.length / 4, Infinity, step);
    return methods.split(', ').map((method) => `${method} ${path.join('')}`);
  });
}

async function countRows(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const found = await client.query<{ n: number }>(`select count(*)::int as n from "${name}"`);
    counts[name] = found.rows[0]?.n ?? -1;
  }
  return counts;
}
