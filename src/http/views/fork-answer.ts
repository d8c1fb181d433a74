import type { z } from 'zod';
import type { ForkComparison } from '../../engine/forks/fork-scheme.js';
import type { ForkRun } from '../../engine/forks/fork-run.js';
import type { forkSchema } from '../schemas/fork.js';

type ForkAnswer = z.output<typeof forkSchema>;

export function forkAnswer(comparison: ForkComparison): ForkAnswer {
  const { base, fork, differences, limits, ...rest } = comparison;
  return {
    ...rest,
    differences: [...differences],
    limits: [...limits],
    base: runAnswer(base),
    fork: runAnswer(fork),
  };
}

function runAnswer({ cycles, syncPoints, steps }: ForkRun): ForkAnswer['base'] {
  return {
    cycles: cycles.map(({ entered, milestones, gate, ...cycle }) => ({
      ...cycle,
      entered: [...entered],
      milestones: [...milestones],
      gate:
        gate === null
          ? null
          : {
              ...gate,
              failing: [...gate.failing],
              missing: gate.missing.map(({ fact, owner, reason }) => ({ fact, owner, reason })),
            },
    })),
    syncPoints: syncPoints.map(({ arrived, missing, ...point }) => ({
      ...point,
      arrived: [...arrived],
      missing: [...missing],
    })),
    steps: steps.map(({ facts, ...step }) => ({ ...step, facts: [...facts] })),
  };
}
