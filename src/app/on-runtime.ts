import { loadSettings } from '../settings/load-settings.js';
import { makeProgress } from './progress.js';
import { openRuntime, type Runtime } from './runtime.js';

/** Runs work on the database of the settings; the steps go to the error stream, so that output can be piped. */
export async function onRuntime(work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const progress = makeProgress((line) => console.error(line), performance.now.bind(performance));
  const runtime = await openRuntime(loadSettings(process.env), progress);
  try {
    await work(runtime);
  } finally {
    await runtime.close();
  }
}
