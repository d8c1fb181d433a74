import type { Ruling, Statement } from './wire-proxy.js';

/** A step between which and the next a process can die. */
export interface KillPoint {
  readonly name: string;
  /** A judge for the proxy, good for one run. */
  judge(): (statement: Statement) => Ruling;
}

const BEGIN = /^(begin|start transaction)/i;
const COMMIT = /^commit/i;
const NAME_LENGTH_MAX = 60;

/**
 * The steps of some work, from the statements that a program sent while it did it: before each different statement,
 * before each different commit, and after it, before the program knows. What the program also sends while it has
 * nothing to do is no step.
 *
 * @param idle the statements of a program without work
 */
export function killPoints(trace: readonly Statement[], idle: ReadonlySet<string>): readonly KillPoint[] {
  const points = new Map<string, KillPoint>();
  const add = (name: string, ruling: Ruling, at: (statement: Statement) => boolean): void => {
    const label = `${ruling} ${name.replaceAll(/\s+/g, ' ').slice(0, NAME_LENGTH_MAX)}`;
    if (points.has(`${ruling} ${name}`)) return;
    points.set(`${ruling} ${name}`, { name: label, judge: () => once(ruling, at) });
  };
  for (const { text, previous } of trace) {
    if (BEGIN.test(text)) continue;
    if (!COMMIT.test(text)) {
      if (!idle.has(text)) add(text, 'cut-before', (other) => other.text === text);
      continue;
    }
    if (idle.has(previous)) continue;
    const sameCommit = (other: Statement): boolean => COMMIT.test(other.text) && other.previous === previous;
    add(`the commit of ${previous}`, 'cut-before', sameCommit);
    add(`the commit of ${previous}`, 'cut-after', sameCommit);
  }
  return [...points.values()];
}

function once(ruling: Ruling, at: (statement: Statement) => boolean): (statement: Statement) => Ruling {
  let done = false;
  return (statement) => {
    if (done || !at(statement)) return 'pass';
    done = true;
    return ruling;
  };
}
