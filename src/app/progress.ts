/** Tells the person at the terminal what happens, with the time that each step took. */
export interface Progress {
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}

const NAME_WIDTH = 12;

/** @param write takes one line; @param nowMs a clock that only runs forward, in milliseconds */
export function makeProgress(write: (line: string) => void, nowMs: () => number): Progress {
  return {
    async step(name, work) {
      const start = nowMs();
      const result = await work();
      write(`  ${name.padEnd(NAME_WIDTH)} ready (${((nowMs() - start) / 1_000).toFixed(1)} s)`);
      return result;
    },
    say: (line) => write(`  ${line}`),
  };
}
