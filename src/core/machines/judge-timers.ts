import { pointerTo, type Problem } from '../terms/problem.js';
import { judgeStep, type StepSurroundings } from './judge-step.js';
import type { TimerDefinition } from './workflow-schema.js';

/**
 * Judges the timers of one stage: their ids, what they name, and that each does something. Where they lead is judged
 * with all other ways (`judgeGraph`).
 *
 * A timer that leads nowhere only tells people: it has no gate, begins no cycle, and leaves no sync point.
 *
 * @param base pointer to the stage
 */
export function judgeTimers(
  timers: readonly TimerDefinition[],
  base: string,
  surroundings: StepSurroundings,
): Problem[] {
  const seen = new Set<string>();
  return timers.flatMap((timer, index) => {
    const pointer = `${base}/timers/${index}`;
    const problems = judgeTimer(timer, `${pointer}/then`, surroundings);
    if (seen.has(timer.id)) {
      problems.unshift({
        pointer: `${pointer}/id`,
        code: 'timer.id-twice',
        message: `the stage has a timer ${timer.id} already`,
      });
    }
    seen.add(timer.id);
    return problems;
  });
}

function judgeTimer({ then }: TimerDefinition, base: string, surroundings: StepSurroundings): Problem[] {
  const problems = judgeStep(then, base, surroundings);
  if (then.to !== undefined) return problems;

  if (then.effects.length === 0) {
    const message = 'a timer leads to another state or has effects';
    problems.push({ pointer: base, code: 'timer.without-work', message });
  }
  for (const word of ['gate', 'startsNextCycle'] as const) {
    if (then[word] === undefined) continue;
    const message = `${word} is only for a timer that leads to another state`;
    problems.push({ pointer: `${base}/${word}`, code: 'timer.without-target', message });
  }
  then.effects.forEach(({ type }, index) => {
    if (type !== 'leave-sync-points') return;
    const message = 'a cycle that stays where it is stays in its sync points';
    problems.push({
      pointer: `${pointerTo(`${base}/effects`, index)}/type`,
      code: 'effect.misplaced',
      message,
    });
  });
  return problems;
}
