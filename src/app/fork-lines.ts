import type { ForkDifference } from '../engine/forks/compare-runs.js';
import type { CycleRun, ForkRun, ForkStep } from '../engine/forks/fork-run.js';
import type { ForkComparison } from '../engine/forks/fork-scheme.js';

/** More facts than this are only counted; the JSON names them all. */
const FACTS_NAMED_MAX = 3;

/** What came of a fork, for a terminal: what was played, where the two runs differ, and both side by side. */
export function forkLines(comparison: ForkComparison): readonly string[] {
  const { scheme, from, until, pace, base, fork, differences, limits, kept } = comparison;
  return [
    `${scheme}, what if from ${from} to ${until} (pace: ${pace})`,
    '',
    `${differences.length} differences, without and with the hypotheses:`,
    ...differences.map((difference) => `  ${differenceLine(difference)}`),
    '',
    'sync points released on:',
    ...sideBySide(pointDays(base), pointDays(fork)),
    '',
    'where the regions are at the end:',
    ...sideBySide(places(base), places(fork)),
    '',
    'what was done in the fork:',
    ...fork.steps.map((step) => `  ${stepLine(step)}`),
    ...limits.map((limit) => `limit: ${limit}`),
    ...(kept === null ? [] : [`kept until ${kept.until}: schemas ${kept.base} and ${kept.fork}`]),
  ];
}

function differenceLine({ kind, region, name, base, fork, daysLater }: ForkDifference): string {
  const what = region === null ? name : `${region} ${name}`;
  if (kind === 'end') return `${what} is where it ends in the fork`;
  const later =
    daysLater === null ? '' : ` (${Math.abs(daysLater)} days ${daysLater < 0 ? 'earlier' : 'later'})`;
  return `${kind} ${what}: ${base ?? 'never'} -> ${fork ?? 'never'}${later}`;
}

function stepLine({ on, region, cause, what, facts, to, outcome, code }: ForkStep): string {
  const target = to === null ? '' : ` to ${to}`;
  const about = what === 'facts' ? factsIn(facts) : `${what}${target}`;
  return `${on} ${region} ${cause}: ${about}${outcome === 'done' ? '' : `, refused (${code})`}`;
}

function factsIn(facts: readonly string[]): string {
  return facts.length > FACTS_NAMED_MAX ? `${facts.length} facts` : `facts ${facts.join(', ')}`.trimEnd();
}

type Cells = ReadonlyMap<string, string>;

function pointDays({ syncPoints }: ForkRun): Cells {
  return new Map(syncPoints.map(({ syncPoint, releasedOn }) => [syncPoint, releasedOn ?? 'never']));
}

function places({ cycles }: ForkRun): Cells {
  return new Map(cycles.map((cycle) => [nameOf(cycle), `${cycle.stage}${since(cycle)}`]));
}

function nameOf({ region, subject, cycle }: CycleRun): string {
  return subject === 'region' ? region : `${subject} ${cycle}`;
}

function since({ entered }: CycleRun): string {
  const last = entered.at(-1);
  return last === undefined ? '' : ` since ${last.on}`;
}

function sideBySide(base: Cells, fork: Cells): readonly string[] {
  const names = Math.max(...[...fork.keys()].map(({ length }) => length));
  const width = Math.max(...[...base.values()].map(({ length }) => length));
  return [...fork].map(([name, there]) => {
    const here = base.get(name) ?? '-';
    return `  ${name.padEnd(names)}  ${here.padEnd(width)}  ${there}${here === there ? '' : '  *'}`;
  });
}
