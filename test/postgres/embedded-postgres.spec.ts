import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../src/postgres/embedded-postgres.js';
import { platformNativeDir } from '../../src/postgres/native-files.js';

jest.setTimeout(120_000);

const root = resolve(import.meta.dirname, '../..');
const asRoot = process.getuid?.() === 0;
/** Many containers forbid user namespaces even to root. */
const withNamespaces =
  asRoot &&
  spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', 'true']).status === 0;
/** A folder with a space in its name: clones lie in such places. */
let folder: string;
let started: EmbeddedPostgres[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordata postgres '));
  chmodSync(folder, 0o711);
});
afterEach(async () => {
  for (const server of started) await server.stop();
  started = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(
  dataDir: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  started.push(server);
  return server;
}

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Numeric owner of the running server's process. */
function serverUid(dataDir: string): number {
  return statSync(`/proc/${serverPid(dataDir)}`).uid;
}

async function killServer(dataDir: string): Promise<void> {
  const pid = serverPid(dataDir);
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await sleep(10);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Another process that starts the server on this directory and holds it until it is killed or told to stop. */
async function startElsewhere(dataDir: string) {
  const hook = pathToFileURL(join(root, 'test/support/typescript-hook.mjs')).href;
  const module = pathToFileURL(join(root, 'src/postgres/embedded-postgres.ts')).href;
  const script = `
    await import(${JSON.stringify(hook)});
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres({ dataDir: process.argv[1] });
    console.log(server.url);
    process.stdin.once('data', async () => { await server.stop(); process.exit(0); });`;
  const args = ['--input-type=module', '-e', script, dataDir];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: async () => {
      child.stdin.write('stop\n');
      await once(child, 'exit');
    },
  };
}

describe('the embedded PostgreSQL', () => {
  test('offers a UTF-8 database named cordata, on the loopback address and with a password only', async () => {
    const dataDir = join(folder, 'fresh');
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
    expect(new URL(server.url)).toMatchObject({ hostname: '127.0.0.1', pathname: '/cordata' });
    expect(
      await query(
        server.url,
        `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
                current_setting('listen_addresses') as addresses`,
      ),
    ).toEqual([{ encoding: 'UTF8', fsync: 'on', addresses: '127.0.0.1' }]);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  test('keeps its data from one start to the next, on whatever port', async () => {
    const dataDir = join(folder, 'twice');
    const first = await start(dataDir);
    await query(first.url, 'create table kept (id int)', 'insert into kept values (7)');
    await first.stop();
    await expect(query(first.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
  });

  test('has every acknowledged row after the server was killed', async () => {
    const dataDir = join(folder, 'killed');
    const first = await start(dataDir);
    await query(first.url, 'create table written (id int)');
    const progress = { acknowledged: 0 };
    const writer = (async () => {
      const client = new Client({ connectionString: first.url });
      client.on('error', () => {});
      await client.connect();
      for (;;) {
        await client.query('insert into written values ($1)', [progress.acknowledged]);
        progress.acknowledged += 1;
      }
    })().catch(() => {});
    while (progress.acknowledged < 200) await sleep(5);
    await killServer(dataDir);
    await writer;
    const second = await start(dataDir);
    const [row] = (await query(second.url, 'select count(*)::int as rows from written')) as [
      { rows: number },
    ];
    // The last insert may have been committed without its answer arriving.
    expect(row.rows - progress.acknowledged).toBeGreaterThanOrEqual(0);
    expect(row.rows - progress.acknowledged).toBeLessThanOrEqual(1);
  });

  test('starts although its old pid now belongs to another process', async () => {
    const dataDir = join(folder, 'reused pid');
    await (await start(dataDir)).stop();
    const pidFile = join(dataDir, 'cluster/postmaster.pid');
    writeFileSync(pidFile, `${process.pid}\n${join(dataDir, 'cluster')}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`);
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
  });

  test('is adopted when its owner was killed, and stopped by the adopter', async () => {
    const dataDir = join(folder, 'orphan');
    const owner = await startElsewhere(dataDir);
    await query(owner.url, 'create table orphaned (id int)');
    await owner.kill();
    const adopter = await start(dataDir);
    expect(adopter).toMatchObject({ adopted: true, url: owner.url });
    expect(await query(adopter.url, 'select count(*)::int as n from orphaned')).toEqual([{ n: 0 }]);
    await adopter.stop();
    expect(existsSync(join(dataDir, 'cluster/postmaster.pid'))).toBe(false);
  });

  test('is shared by two processes and stopped by the one that leaves last', async () => {
    const dataDir = join(folder, 'shared');
    const api = await startElsewhere(dataDir);
    const worker = await start(dataDir);
    expect(worker.adopted).toBe(true);
    await api.stop();
    expect(await query(worker.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await worker.stop();
    expect(existsSync(join(dataDir, 'cluster/postmaster.pid'))).toBe(false);
  });

  test('is one server when several start it at the same moment', async () => {
    const dataDir = join(folder, 'race');
    const servers = await Promise.all([start(dataDir), start(dataDir), start(dataDir)]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
  });

  test('begins again after a first start that was cut short', async () => {
    const dataDir = join(folder, 'half');
    mkdirSync(join(dataDir, 'staging/cluster/base'), { recursive: true });
    writeFileSync(join(dataDir, 'staging/cluster/PG_VERSION'), '18\n');
    mkdirSync(join(dataDir, 'lock'));
    writeFileSync(join(dataDir, 'lock/999999999-1'), '');
    const server = await start(dataDir);
    expect(await query(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    expect(existsSync(join(dataDir, 'staging'))).toBe(false);
  });

  test('sets incomplete database files aside and makes new ones', async () => {
    const dataDir = join(folder, 'broken');
    mkdirSync(join(dataDir, 'cluster/base'), { recursive: true });
    writeFileSync(join(dataDir, 'cluster/base/remains'), 'of something');
    const lines: string[] = [];
    const server = await start(dataDir, { log: (line) => lines.push(line) });
    expect(await query(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    const aside = readdirSync(dataDir).find((name) => name.startsWith('cluster.broken-')) ?? '';
    expect(readFileSync(join(dataDir, aside, 'base/remains'), 'utf8')).toBe('of something');
    expect(lines.join('\n')).toContain(aside);
  });

  test('refuses the files of another version in one line', async () => {
    const dataDir = join(folder, 'older');
    await (await start(dataDir, { durable: false })).stop();
    writeFileSync(join(dataDir, 'cluster/PG_VERSION'), '14\n');
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'postgres.data-unusable',
      message: expect.stringMatching(/^[^\n]*PostgreSQL 14[^\n]*$/),
    });
  });

  test('says in one line what the server said when it does not come up', async () => {
    const dataDir = join(folder, 'refusing');
    await (await start(dataDir, { durable: false })).stop();
    writeFileSync(join(dataDir, 'cluster/postgresql.conf'), 'no_such_setting = on\n');
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'postgres.start-failed',
      message: expect.stringMatching(/^[^\n]*server\.log[^\n]*$/),
    });
  });

  test('runs without durability for tests', async () => {
    const server = await start(join(folder, 'fast'), { durable: false });
    expect(
      await query(
        server.url,
        `select current_setting('fsync') as a, current_setting('synchronous_commit') as b,
                current_setting('full_page_writes') as c`,
      ),
    ).toEqual([{ a: 'off', b: 'off', c: 'off' }]);
  });

  test('makes the library links that the package leaves out', async () => {
    const nativeDir = join(folder, 'unlinked/native');
    cpSync(platformNativeDir(), nativeDir, { recursive: true, filter: (path) => !/\.so\.\d+$/.test(path) });
    const server = await start(join(folder, 'linked'), { nativeDir, durable: false });
    expect(await query(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });
});

const testInNamespace = withNamespaces ? test : test.skip;
const describeAsRoot = asRoot ? describe : describe.skip;
describeAsRoot('under root', () => {
  test('the server runs as nobody where everyone may pass', async () => {
    const dataDir = join(folder, 'as nobody');
    await start(dataDir, { durable: false, accountKinds: ['other-user'] });
    expect(serverUid(dataDir)).toBe(65534);
    expect(statSync(join(dataDir, 'cluster')).uid).toBe(65534);
  });

  testInNamespace('the server runs in a user namespace where the clone lies in a closed folder', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const nativeDir = join(closed, 'native');
    cpSync(platformNativeDir(), nativeDir, { recursive: true, verbatimSymlinks: true });
    const dataDir = join(closed, 'data');
    await expect(start(dataDir, { nativeDir, accountKinds: ['other-user'] })).rejects.toMatchObject({
      code: 'postgres.no-account',
    });
    const first = await start(dataDir, { nativeDir });
    await query(first.url, 'create table kept (id int)');
    expect(statSync(join(dataDir, 'cluster')).uid).toBe(0);
    await killServer(dataDir);
    const second = await start(dataDir, { nativeDir });
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
  });

  testInNamespace('the data change hands when the folder around them is closed later', async () => {
    const around = join(folder, 'closed later');
    mkdirSync(around, { mode: 0o711 });
    const dataDir = join(around, 'data');
    const first = await start(dataDir, { durable: false });
    await query(first.url, 'create table kept (id int)');
    await first.stop();
    chmodSync(around, 0o700);
    const second = await start(dataDir, { durable: false });
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
  });

  test('the binaries are copied where nothing else works, and reachable data stay where they are', async () => {
    const dataDir = join(folder, 'beside a copy');
    const fallbackDir = join(folder, 'fallback');
    const server = await start(dataDir, { durable: false, accountKinds: ['copied'], fallbackDir });
    expect(await query(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    expect(serverUid(dataDir)).toBe(65534);
  });

  test('the data go beside the copied binaries when their own folder is closed', async () => {
    const closed = join(folder, 'closed to all');
    mkdirSync(closed, { mode: 0o700 });
    const fallbackDir = join(folder, 'fallback');
    const options = { durable: false, accountKinds: ['copied'], fallbackDir } as const;
    const lines: string[] = [];
    const first = await start(join(closed, 'data'), { ...options, log: (line) => lines.push(line) });
    await query(first.url, 'create table kept (id int)');
    expect(lines.join('\n')).toContain(fallbackDir);
    await first.stop();
    const second = await start(join(closed, 'data'), options);
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
  });

  test('data that exist but cannot be reached are not replaced by empty ones elsewhere', async () => {
    const closed = join(folder, 'closed with data');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    await expect(
      start(join(closed, 'data'), { accountKinds: ['copied'], fallbackDir: join(folder, 'fallback') }),
    ).rejects.toMatchObject({ code: 'postgres.no-account' });
  });

  test('a fallback folder that others could have prepared is refused', async () => {
    const fallbackDir = join(folder, 'open to all');
    mkdirSync(fallbackDir);
    chmodSync(fallbackDir, 0o777);
    await expect(
      start(join(folder, 'unused'), { accountKinds: ['copied'], fallbackDir }),
    ).rejects.toMatchObject({ code: 'postgres.no-account' });
  });
});
