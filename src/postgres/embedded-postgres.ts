import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterDir, openDataDirectory, prepareCluster } from './data-directory.js';
import { FALLBACK_DIR } from './native-copy.js';
import { makeLibraryLinks, platformNativeDir } from './native-files.js';
import { readPostmaster, type Postmaster } from './postmaster-file.js';
import { PostgresStartError } from './postgres-start-error.js';
import { chooseServerAccount, type ServerAccount, type ServerAccountKind } from './server-account.js';
import { ensureDatabase } from './server-database.js';
import { launchServer, runningPostmaster } from './server-process.js';
import { DATABASE, databaseUrl } from './server-settings.js';
import { signIn, signOut } from './server-users.js';
import { withStartLock } from './start-lock.js';
import { stopServer } from './stop-server.js';

/** How long a server found in the middle of its start or stop may take to get there, in ms. */
const SETTLE_WAIT_MS = 120_000;
const SETTLE_POLL_MS = 20;

/** What `startEmbeddedPostgres` needs to know. */
export interface EmbeddedPostgresOptions {
  /** The directory for everything of this server; made if missing, given to the server's account. */
  readonly dataDir: string;
  /** Takes one line for the person at the terminal; default: nobody is told. */
  readonly log?: (line: string) => void;
  /** Whether a committed transaction survives a crash; default true. False is for tests. */
  readonly durable?: boolean;
  /** The folder with `bin/`, `lib/` and `share/`; default: the installed platform package. */
  readonly nativeDir?: string;
  /** For root where nothing else works: what gets a copy here; default /var/tmp/cordata-postgres. */
  readonly fallbackDir?: string;
  /** The ways to run the server that may be tried, in order; default: all that fit this user. */
  readonly accountKinds?: readonly ServerAccountKind[];
}

/** A server in use by this process. */
export interface EmbeddedPostgres {
  /** The address of the database `cordata`, with its password. */
  readonly url: string;
  /** True when the server was already running (another process's, or left over from one that died). */
  readonly adopted: boolean;
  /** Leaves the server; the last process to leave stops it. May be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Brings up the PostgreSQL that npm installed, or joins the one that runs on this data directory already.
 * Survives what can be survived: a crash of the server or of its owner, a first start cut short.
 *
 * Errors: `PostgresStartError`, whatever the cause.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => {}, durable = true } = options;
  try {
    const nativeDir = options.nativeDir ?? platformNativeDir();
    await makeLibraryLinks(nativeDir);
    const account = await chooseServerAccount({
      nativeDir,
      dataDir: resolve(options.dataDir),
      fallbackDir: options.fallbackDir ?? FALLBACK_DIR,
      kinds: options.accountKinds ?? null,
    });
    await openDataDirectory(account);
    return await withStartLock(account.dataDir, async () => {
      const secret = await prepareCluster(account, durable, log);
      const { port, adopted } = await adoptOrLaunch(account, secret, durable, log);
      const user = await signIn(account.dataDir);
      return {
        url: databaseUrl(port, secret, DATABASE),
        adopted,
        stop: leaveOnce(account, user),
      };
    });
  } catch (error) {
    if (error instanceof PostgresStartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PostgresStartError(
      'postgres.start-failed',
      `the embedded PostgreSQL did not start: ${reason}`,
      {
        dataDir: options.dataDir,
      },
    );
  }
}

async function adoptOrLaunch(
  account: ServerAccount,
  secret: string,
  durable: boolean,
  log: (line: string) => void,
): Promise<{ port: number; adopted: boolean }> {
  const running = await settledPostmaster(account);
  if (running !== null) {
    await verify(account, running, secret);
    return { port: running.port, adopted: true };
  }
  if (account.kind === 'copied')
    log(`root's folders are closed to the database: it runs from ${account.dataDir}`);
  const launched = await launchServer(account, durable);
  await verify(account, launched, secret);
  return { port: launched.port, adopted: false };
}

/** A server found while it recovers or shuts down is waited for: it will be ready or gone. */
async function settledPostmaster(account: ServerAccount): Promise<Postmaster | null> {
  const deadline = Date.now() + SETTLE_WAIT_MS;
  for (;;) {
    const running = runningPostmaster(account);
    if (running === null || running.ready) return running;
    if (Date.now() > deadline) {
      throw new PostgresStartError(
        'postgres.start-failed',
        `a PostgreSQL (pid ${running.pid}) has been starting or stopping in ${account.dataDir} for ${SETTLE_WAIT_MS / 1000} s`,
      );
    }
    await sleep(SETTLE_POLL_MS);
  }
}

/** The server behind the port must take our password and name our files: the pid file is only a claim. */
async function verify(account: ServerAccount, postmaster: Postmaster, secret: string): Promise<void> {
  const named = await ensureDatabase(postmaster.port, secret);
  if (named === clusterDir(account.dataDir)) return;
  if (readPostmaster(named)?.pid === postmaster.pid) return;
  throw new PostgresStartError(
    'postgres.start-failed',
    `port ${postmaster.port} is not the database of ${account.dataDir} but of ${named}`,
  );
}

function leaveOnce(account: ServerAccount, user: string): () => Promise<void> {
  let leaving: Promise<void> | null = null;
  const leave = async (): Promise<void> => {
    if ((await signOut(account.dataDir, user)) === 0) await stopServer(account);
  };
  return () => (leaving ??= withStartLock(account.dataDir, leave));
}
