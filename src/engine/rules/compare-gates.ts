import { evaluateGate } from '../../core/gates/evaluate-gate.js';
import type { Verdict, VerdictWord } from '../../core/gates/verdict.js';
import { possibleSteps } from '../../core/machines/possible-events.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** A gate that would answer differently now. */
export interface GateChange {
  readonly region: string;
  readonly cycleId: string;
  readonly stage: string;
  readonly gate: string;
  readonly to: string;
  /** By the version that the cycle is pinned to. */
  readonly old: VerdictWord;
  readonly new: VerdictWord;
  /** By the other one. */
  readonly failing: readonly string[];
  readonly missing: readonly string[];
}

export interface Impact {
  /** What was looked at: the living cycles of the rulebook, and the gates before them. */
  readonly cycles: number;
  readonly gates: number;
  readonly changes: readonly GateChange[];
}

/** How the gates before a cycle answer in two pictures of it that differ in the rulebook. */
export function compareGates(before: CyclePicture, after: CyclePicture): Omit<Impact, 'cycles'> {
  const { cycle, workflow, snapshot } = before;
  // A timer may stand before the same gate as a person.
  const steps = new Map(
    possibleSteps(workflow, snapshot).map(({ gate, to }) => [`${gate} ${to}`, { gate, to }]),
  );
  const gated = [...steps.values()].flatMap(({ gate, to }) => (gate === null ? [] : [{ gate, to }]));
  const changes = gated.flatMap(({ gate, to }): GateChange[] => {
    const old = judge(before, gate).verdict;
    const verdict = judge(after, gate);
    if (old === verdict.verdict) return [];
    const { failing, missing } = verdict;
    return [
      {
        region: cycle.region,
        cycleId: cycle.id,
        stage: cycle.stage,
        gate,
        to,
        old,
        new: verdict.verdict,
        failing,
        missing: missing.map(({ fact }) => fact),
      },
    ];
  });
  return { gates: gated.length, changes };
}

function judge({ rulebook, context, waivers }: CyclePicture, gate: string): Verdict {
  return evaluateGate({ rulebook, gate, context, waivers });
}
