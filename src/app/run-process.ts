import { loadSettings } from '../settings/load-settings.js';
import { SettingsError, type Settings } from '../settings/settings.js';
import { describeFailure } from './describe-failure.js';

/** Of sysexits.h: something in the configuration was wrong. */
export const EXIT_CONFIGURATION = 78;
const EXIT_FAILURE = 1;

/** A running program that can be asked to end. */
export interface Stoppable {
  /** Ends in order; resolves when nothing is left running. */
  stop(): Promise<void>;
}

/**
 * Runs a program until SIGTERM or Ctrl-C: reads the settings, starts it, ends it in order. A second signal ends it
 * at once. What goes wrong is told in plain lines, without a stack.
 */
export async function runProcess(start: (settings: Settings) => Promise<Stoppable>): Promise<void> {
  const ended = Promise.withResolvers<string>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(EXIT_FAILURE);
      ended.resolve(signal);
    });
  }
  onParentGone(() => ended.resolve('npm has ended'));
  try {
    const program = await start(loadSettings(process.env));
    const signal = await ended.promise;
    console.log(`cordata: ${signal}, stopping ...`);
    await program.stop();
    console.log('cordata: stopped');
    process.exit(0);
  } catch (error) {
    for (const line of describeFailure(error)) console.error(line);
    process.exit(error instanceof SettingsError ? EXIT_CONFIGURATION : EXIT_FAILURE);
  }
}

const PARENT_POLL_MS = 500;

/**
 * `npm start` runs this process below a shell that ends at a signal without passing it on. So when npm has started
 * it, the end of the parent counts as a signal: otherwise it would run on, alone, and keep the port.
 */
function onParentGone(act: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_POLL_MS);
  timer.unref();
}
