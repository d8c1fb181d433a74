import { evaluateGate } from '../../core/gates/evaluate-gate.js';
import type { Verdict } from '../../core/gates/verdict.js';
import { possibleSteps, type PossibleStep } from '../../core/machines/possible-events.js';
import type { StepEvent } from '../../core/machines/workflow-schema.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { CyclePicture } from './cycle-picture.js';

/** A step that the cycle could take, with the answer of its gate; null for a step without one. */
export interface Way {
  readonly event: PossibleStep;
  readonly verdict: Verdict | null;
}

const OPENING: ReadonlySet<Verdict['verdict']> = new Set(['pass', 'conditional', 'waived']);

export function isOpen(way: Way): boolean {
  return way.verdict === null || OPENING.has(way.verdict.verdict);
}

/**
 * The step that an event means. With several targets and none named, the first whose gate opens: at the end of
 * a review the result chooses where to go next (R32). When none opens, the one that is closest: unknown before
 * fail, so that the answer names what can still be filled in.
 *
 * Null when the cycle does not understand the event where it stands.
 *
 * @throws DomainError `event.target-unknown` when the named target is no state of the workflow
 */
export function findWay(picture: CyclePicture, type: StepEvent, to: string | null): Way | null {
  if (to !== null && !picture.workflow.states.has(to)) {
    throw new DomainError('event.target-unknown', {
      pointer: '/to',
      to,
      states: [...picture.workflow.states.keys()],
    });
  }
  const events = possibleSteps(picture.workflow, picture.snapshot).filter(
    (event) => event.type === type && (to === null || event.to === to),
  );
  const ways = events.map((event): Way => ({
    event,
    verdict: event.gate === null ? null : judge(picture, event.gate),
  }));
  return ways.find(isOpen) ?? ways.find((way) => way.verdict?.verdict === 'unknown') ?? ways[0] ?? null;
}

function judge(picture: CyclePicture, gate: string): Verdict {
  return evaluateGate({
    rulebook: picture.rulebook,
    gate,
    context: picture.context,
    waivers: picture.waivers,
  });
}
