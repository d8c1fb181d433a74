import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A statement that a program is about to have executed. */
export interface Statement {
  /** Its values are left out: what differs only in them is the same statement. */
  readonly text: string;
  /** Number of its connection, from 1. */
  readonly connection: number;
  /** Text of the statement before it on the same connection; empty: none. */
  readonly previous: string;
}

/**
 * `pass`: the statement goes on. `cut-before`: the server never sees it. `cut-after`: the server carries it out, and
 * the program never hears. After a cut nothing passes in any direction on any connection, until it is opened again.
 */
export type Ruling = 'pass' | 'cut-before' | 'cut-after';

/** Stands between a program and PostgreSQL, and understands enough of the protocol to stop between two statements. */
export interface WireProxy {
  readonly port: number;
  /** The same address, by way of the proxy. */
  through(url: string): string;
  retarget(port: number): void;
  /** Asked about each statement; `onCut` is called once, when it has ruled a cut. Null: everything passes. */
  rule(judge: ((statement: Statement) => Ruling) | null, onCut?: (statement: Statement) => void): void;
  /** Drops every connection as it is, and lets new ones through. */
  drop(): void;
  close(): Promise<void>;
}

/** PostgreSQL's message types: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const PARSE = 0x50;
const BIND = 0x42;
const EXECUTE = 0x45;
const QUERY = 0x51;
const READY_FOR_QUERY = 0x5a;
const LENGTH_BYTES = 4;
const READY_BYTES = 6;

export async function startWireProxy(target: number): Promise<WireProxy> {
  let port = target;
  let judge: ((statement: Statement) => Ruling) | null = null;
  let onCut: (statement: Statement) => void = () => {};
  let frozen = false;
  let connections = 0;
  const sockets = new Set<Socket>();

  const serve = (client: Socket): void => {
    const server = connect(port, '127.0.0.1');
    const number = (connections += 1);
    const reader = makeReader();
    let previous = '';
    let swallowing: Statement | null = null;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
    }
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.on('data', (chunk: Buffer) => {
      if (frozen) return;
      for (const { bytes, text } of reader.read(chunk)) {
        if (text !== null) {
          const statement = { text: withoutValues(text), connection: number, previous };
          previous = statement.text;
          const ruling = judge?.(statement) ?? 'pass';
          if (ruling === 'cut-before') {
            frozen = true;
            onCut(statement);
            return;
          }
          if (ruling === 'cut-after') swallowing = statement;
        }
        server.write(bytes);
      }
    });
    server.on('data', (chunk: Buffer) => {
      if (frozen) return;
      if (swallowing === null) {
        client.write(chunk);
        return;
      }
      const ready = chunk.at(-READY_BYTES) === READY_FOR_QUERY;
      if (!ready) return;
      frozen = true;
      onCut(swallowing);
    });
  };
  const listener = createServer(serve);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const own = (listener.address() as AddressInfo).port;
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    frozen = false;
  };
  return {
    port: own,
    through(url) {
      const other = new URL(url);
      other.port = String(own);
      return other.href;
    },
    retarget(next) {
      port = next;
    },
    rule(next, told = () => {}) {
      judge = next;
      onCut = told;
    },
    drop,
    async close() {
      drop();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** Takes a client's bytes apart into messages; `text`: of the statement that the message has executed, else null. */
function makeReader() {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let bound = '';
  const statements = new Map<string, string>();
  const textOf = (type: number, body: Buffer): string | null => {
    if (type === QUERY) return textAt(body, 0);
    if (type === PARSE) statements.set(textAt(body, 0), textAt(body, textAt(body, 0).length + 1));
    if (type === BIND) bound = statements.get(textAt(body, textAt(body, 0).length + 1)) ?? '';
    return type === EXECUTE ? bound : null;
  };
  return {
    *read(chunk: Buffer): Generator<{ readonly bytes: Buffer; readonly text: string | null }> {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        // The first message of a connection has no type.
        const head = started ? 1 : 0;
        if (rest.length < head + LENGTH_BYTES) return;
        const length = head + rest.readInt32BE(head);
        if (rest.length < length) return;
        const bytes = rest.subarray(0, length);
        rest = rest.subarray(length);
        const type = started ? (bytes[0] ?? 0) : 0;
        started = true;
        yield { bytes, text: type === 0 ? null : textOf(type, bytes.subarray(head + LENGTH_BYTES)) };
      }
    },
  };
}

function textAt(body: Buffer, from: number): string {
  return body.toString('utf8', from, body.indexOf(0, from));
}

function withoutValues(text: string): string {
  return text
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/\$\d+|\b\d+(?:\.\d+)?\b/g, '?')
    .replaceAll(/\?(?:\s*,\s*\?)+/g, '?')
    .replaceAll(/\(\?\)(?:\s*,\s*\(\?\))+/g, '(?)');
}
