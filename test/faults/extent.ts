import process from 'node:process';

/** Whether every point is tried, as by `npm run test:faults`; otherwise a few of each kind, as in every check. */
export const ALL = process.env['CORDATA_FAULTS'] === 'all';

/** What chance starts from; it stands in the names of the tests. CORDATA_FAULTS_SEED tries another one. */
export const SEED = Number(process.env['CORDATA_FAULTS_SEED'] ?? 1);

/** Only ends what is waited for in vain: on a busy machine it may take long until a program has recovered. */
export const WAIT_MAX_MS = 5 * 60_000;

/** Only ends a test that hangs. */
export const TEST_MAX_MS = 15 * 60_000;

/** As many of a list as given, spread evenly, the first and the last among them. */
export function some<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  const step = (list.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => list[Math.round(index * step)] as T);
}
