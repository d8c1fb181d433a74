/**
 * Loaded with `--import` into a process: its machine's clock is behind by CLOCK_BEHIND_MS. Everything that asks for
 * the time gets it so: the program, its libraries, and Temporal.
 */
const behindMs = Number(process.env.CLOCK_BEHIND_MS ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() - behindMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() - behindMs;
  }
};
