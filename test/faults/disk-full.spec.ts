import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { expectSound } from './expect-sound.js';
import { SEED, TEST_MAX_MS } from './extent.js';
import { startLanes, type Lanes } from './lanes.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import { cyclesOf, makeWishes, setClock } from './workload.js';

/** Room for an empty cluster, its journal and a few databases. */
const DISK_MB = 256;
const BALLAST_BYTES = 64 * 1024;
const LANES = 4;
const ANSWERS = 20;
/** A small change may still find room. */
const REFUSALS = [
  [200, undefined],
  [503, 'database.full'],
  [503, 'database.unreachable'],
];

/** A file system of its own with little room; null where this user may not make one. */
function mountSmallDisk(): { readonly path: string; unmount(): void } | null {
  const path = mkdtempSync(join(tmpdir(), 'cordata-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0711`, 'tmpfs', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return null;
  }
  return {
    path,
    unmount() {
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

const disk = mountSmallDisk();
const where = disk === null ? ': skipped, for this user may not mount a small file system' : '';

(disk === null ? describe.skip : describe)(`the disk of the database is full (seed ${SEED})${where}`, () => {
  let server: OwnServer;
  let stage: FaultStage;
  let cordata: CordataProcess;
  let lanes: Lanes | undefined;

  const path = disk?.path ?? '';
  const ballast = join(path, 'ballast');

  beforeAll(async () => {
    server = await startOwnServer(path);
    stage = await openStage(server, 'small_disk');
    cordata = await stage.start();
    await setClock(cordata);
    const nextWish = makeWishes(() => cordata, await cyclesOf(cordata), SEED);
    lanes = startLanes(() => [cordata], { count: LANES, ledger: stage.ledger, nextWish });
  }, TEST_MAX_MS);
  afterAll(async () => {
    await lanes?.stop();
    await stage?.close();
    await server?.remove();
    disk?.unmount();
  }, TEST_MAX_MS);

  it(
    'refuses commands with a problem that says to try again, and goes on when there is room',
    async () => {
      await lanes?.more(ANSWERS);
      fill(ballast);
      await lanes?.unanswered(LANES * 2);
      const refused = await call(cordata, cordata.tokens.administrator, {
        path: '/dev/clock',
        body: { advance: 'PT1S' },
      });
      expect(REFUSALS).toContainEqual([refused.status, refused.body['code']]);
      rmSync(ballast);
      // Without room for its own journal the server ends; whoever made room starts it again.
      if (!server.isRunning()) {
        await server.start();
        stage.proxy.retarget(server.port());
      }
      await lanes?.more(ANSWERS);
    },
    TEST_MAX_MS,
  );

  it(
    'is sound in the end: nothing was written by half',
    async () => {
      await lanes?.stop();
      await expectSound({ url: stage.url(), cordata, ledger: stage.ledger });
    },
    TEST_MAX_MS,
  );
});

/** Writes until there is no room left. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(BALLAST_BYTES, 1);
  try {
    for (let size = block.length; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) writeSync(handle, block, 0, size);
      } catch {
        // Half as much may still go in.
      }
    }
  } finally {
    closeSync(handle);
  }
}
