/** An effect's id has no `~`: what follows it tells a further job of the same effect from the first. */
const MARK = '~';

/** The id of a further job of an effect whose first one is stuck. */
export function jobIdOf(effectId: string, sends: number): string {
  return `${effectId}${MARK}${sends}`;
}

/** The effect that a job is for. */
export function effectIdOf(jobId: string): string {
  const end = jobId.indexOf(MARK);
  return end === -1 ? jobId : jobId.slice(0, end);
}
