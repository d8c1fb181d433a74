import { DomainError } from '../core/terms/domain-error.js';
import { checkPins } from '../engine/cycles/check-pins.js';
import { renewDoctorTimer } from '../engine/doctor/doctor-timer.js';
import { dropOldForks } from '../engine/forks/drop-old-forks.js';
import { countIncidents } from '../engine/incidents/count-incidents.js';
import { createHttpApp } from '../http/create-http-app.js';
import type { Settings } from '../settings/settings.js';
import { demoTokensFile, ensureDemoAccounts } from './demo-accounts.js';
import { makeProgress, type Progress } from './progress.js';
import { checkReadiness, logHttp } from './readiness.js';
import type { Stoppable } from './run-process.js';
import { openRuntime, type Runtime } from './runtime.js';
import { seed } from './seed.js';
import { startWorker, type Worker } from './worker.js';

/** Starts the parts that the role asks for, and says where to go next. Ends them in the opposite order. */
export async function startCordata(settings: Settings): Promise<Stoppable> {
  const progress = makeProgress((line) => console.log(line), performance.now.bind(performance));
  console.log(`cordata (${settings.mode}, ${roleWords(settings)})`);
  const started: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.toReversed()) await part.stop();
  };
  try {
    const runtime = await openRuntime(settings, progress);
    started.push({ stop: () => runtime.close() });
    await requirePinnedDefinitions(runtime);
    await progress.step('schemes', () => seedAll(runtime));
    await dropOldForks(runtime.engine);
    await sayIncidents(runtime, progress);
    const worker = settings.role === 'api' ? null : await startWorkerPart(runtime, progress);
    if (worker !== null) started.push({ stop: () => stopWorker(worker) });
    if (settings.role !== 'worker') {
      const { app, address } = await startHttpPart(runtime, worker);
      started.push({ stop: () => app.close() });
      sayWhereToGo(settings, address);
    } else {
      console.log('cordata: the worker is running');
    }
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A file that was edited although cycles live by it stops the start: they would answer nothing but errors. A version
 * that this build does not have is only told: in a rolling update another process may have it.
 */
async function requirePinnedDefinitions(runtime: Runtime): Promise<void> {
  const broken = await checkPins(runtime.engine);
  for (const { kind, pinned, cycles } of broken.filter(({ fault }) => fault === 'not-found')) {
    console.error(
      `cordata: ${cycles} cycles need ${kind} ${pinned.id} ${pinned.version}, which is not installed here`,
    );
  }
  const edited = broken.filter(({ fault }) => fault === 'hash-mismatch');
  if (edited.length === 0) return;
  const problems = edited.map(({ kind, pinned, cycles }) => ({
    file: `${kind === 'workflow' ? 'workflows' : 'rules'}/${pinned.id}/${pinned.version}.json`,
    pointer: '',
    code: 'definition.hash-mismatch',
    message: `it (or the fact catalogue that it names) is not what ${cycles} living cycles are pinned to; undo the edit and give the change a new version`,
  }));
  throw new DomainError('definition.hash-mismatch', { problems });
}

async function seedAll(runtime: Runtime): Promise<void> {
  const { settings, engine, definitions } = runtime;
  const schemes = definitions.schemes.filter(({ id }) => settings.schemes.includes(id));
  await seed(engine, schemes);
  if (settings.mode === 'development') await ensureDemoAccounts(engine, schemes, settings.dataDir);
}

/** Sets the doctor's rounds going, and tells what the last one has left open: a start must not hide it. */
async function sayIncidents({ engine }: Runtime, progress: Progress): Promise<void> {
  await renewDoctorTimer(engine);
  const open = await countIncidents(engine);
  progress.say(
    `doctor       ${open === 0 ? 'no open incident' : `${open} open incidents: see GET /api/v1/incidents`}`,
  );
}

async function startWorkerPart(runtime: Runtime, progress: Progress): Promise<Worker> {
  return progress.step('worker', () => startWorker(runtime, (line) => console.error(`cordata: ${line}`)));
}

async function stopWorker(worker: Worker): Promise<void> {
  const drained = await worker.stop();
  if (!drained) console.error('cordata: some jobs were cut short; they will be done again');
}

async function startHttpPart(runtime: Runtime, worker: Worker | null) {
  const { settings, engine, definitions } = runtime;
  const app = await createHttpApp({
    engine,
    problemTexts: definitions.problemTexts,
    mode: settings.mode,
    readiness: () => checkReadiness(engine.database, worker),
    log: logHttp,
  });
  // Not Nest's own `listen`, which prints an error in colours before it throws it.
  const server = app.getHttpAdapter().getInstance();
  const address = await server.listen({ port: settings.port, host: settings.host });
  return { app, address };
}

function sayWhereToGo(settings: Settings, address: string): void {
  console.log(`\nCordata is ready at ${address}`);
  console.log(`  API        ${address}/api/v1   (OpenAPI: ${address}/api/v1/openapi.json)`);
  console.log(`  reference  ${address}/api/docs`);
  if (settings.mode === 'production') return;
  const tokens = demoTokensFile(settings.dataDir);
  console.log(
    `  tokens     ${tokens}   (coordinator, administrators, auditor, an authority for each region)`,
  );
  console.log(`\nTry it: the board of the eleven regions, as the coordinator sees it:`);
  console.log(
    `  curl -s ${address}/api/v1/schemes/${settings.schemes[0] ?? 'SCHEME'}/board \\\n    -H "Authorization: Bearer $(node -p 'require("${tokens}").coordinator')"`,
  );
  console.log('\nCtrl-C stops it; what was decided is kept.');
}

function roleWords({ role, redisUrl, databaseUrl }: Settings): string {
  const parts = role === 'all' ? 'API and worker' : role === 'api' ? 'API' : 'worker';
  const database = databaseUrl === null ? 'embedded PostgreSQL' : 'PostgreSQL by DATABASE_URL';
  return `${parts}, ${database}, queue in ${redisUrl === null ? 'PostgreSQL' : 'Redis'}`;
}
