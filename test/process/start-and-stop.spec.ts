import { createServer } from 'node:net';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase } from '../support/database.js';
import { call, until } from './api-client.js';
import { makeDataDir, startInVain, startProcess } from './cordata-process.js';

describe('starting and stopping', () => {
  const data = makeDataDir();
  afterAll(() => data.remove());

  it('starts on an empty folder with its own database, stops on SIGTERM, and finds everything as it was', async () => {
    const environment = { CORDATA_DATA_DIR: data.path };
    const first = await startProcess(environment);
    const board = await call(first, first.tokens.coordinator, { path: '/schemes/s3-4alpclusters/board' });
    expect((board.body['regions'] as unknown[]).length).toBe(11);
    expect(statSync(join(data.path, 'tokens.json')).mode & 0o777).toBe(0o600);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await startProcess(environment);
    expect(second.tokens).toEqual(first.tokens);
    const again = await call(second, second.tokens.coordinator, { path: '/schemes/s3-4alpclusters/board' });
    expect(again.body).toEqual(board.body);
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('lists every bad setting in one message and exits with 78', async () => {
    const ended = await startInVain({
      PORT: 'many',
      DATABASE_URL: 'mysql://localhost/x',
      REDIS_URL: 'nowhere',
      CORDATA_ROLE: 'boss',
    });
    expect(ended.exitCode).toBe(78);
    for (const variable of ['PORT', 'DATABASE_URL', 'REDIS_URL', 'CORDATA_ROLE'])
      expect(ended.output).toContain(variable);
    expect(ended.output).not.toMatch(/\n\s+at /);
  });

  it('says in one line that the database cannot be reached', async () => {
    const ended = await startInVain({
      DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none',
      CORDATA_MODE: 'development',
      CORDATA_DATA_DIR: data.path,
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toContain('cordata: the database at 127.0.0.1:1/none cannot be used');
    expect(ended.output).not.toContain('secret');
    expect(ended.output).not.toMatch(/\n\s+at /);
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ended = await startInVain({ PORT: String(port), CORDATA_DATA_DIR: data.path });
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toContain(`port ${port} is taken`);
    expect(ended.output).not.toMatch(/\n\s+at /);
    other.close();
  });

  it('refuses to start where cycles are pinned to another content of a rulebook, and names the file', async () => {
    const database = await createTestDatabase();
    const environment = {
      DATABASE_URL: database.url,
      CORDATA_MODE: 'development',
      CORDATA_DATA_DIR: data.path,
    };
    const first = await startProcess(environment);
    await first.end('SIGTERM');
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`update cycles set rulebook_hash = 'of another content' where region = 'DE1'`);
    await client.end();
    const ended = await startInVain(environment);
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toContain('rules/region-cycle/1.json');
    expect(ended.output).toContain('definition.hash-mismatch');
    await database.drop();
  });

  it('ends in order when npm, which has started it, is gone', async () => {
    const started = await startProcess(
      { CORDATA_DATA_DIR: data.path, npm_lifecycle_event: 'start' },
      'main.js',
      'shell',
    );
    await started.end('SIGKILL');
    await until('the end of the orphan', async () =>
      started.output().includes('cordata: stopped') ? true : undefined,
    );
    expect(started.output()).toContain('npm has ended');
  });
});
