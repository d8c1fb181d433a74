import type { z } from 'zod';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Verdict } from '../../core/gates/verdict.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Language } from '../../core/terms/language.js';
import type { Decision } from '../../engine/cycles/decide-move.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { decisionSchema } from '../schemas/cycle.js';
import { cycleAnswer, possibleEventAnswer } from './cycle-answer.js';
import { gateView, type GateView } from './gate-view.js';

type Moved = z.output<typeof decisionSchema>;

/**
 * A decision as an answer. The refusal has been decided, logged and committed by now; it is thrown only because
 * that is how a problem is sent.
 *
 * @param rulebook the one that it was decided by, whose labels explain it
 * @throws DomainError `gate.refused` with the verdict, `event.not-possible` with what is possible
 */
export function decisionAnswer(
  decision: Decision,
  rulebook: Rulebook,
  catalog: EngineDeps['catalog'],
  language: Language,
): Moved {
  const cycle = cycleAnswer(decision.cycle, catalog, language);
  const explain = (verdict: Verdict, to: string): GateView => gateView(verdict, to, rulebook, language);
  if (decision.kind === 'moved') {
    const { sequence, event, from, to, number } = decision.transition;
    return {
      cycle,
      verdict: decision.verdict === null ? null : explain(decision.verdict, to),
      transition: { sequence, event, from, to, number },
    };
  }
  if (decision.code === 'gate.refused') {
    const { verdict, to } = decision;
    throw new DomainError('gate.refused', {
      reason: reasonOf(verdict),
      cycle,
      verdict: explain(verdict, to),
    });
  }
  throw new DomainError('event.not-possible', {
    stage: cycle.stage,
    status: cycle.status,
    possible: decision.possible.map(possibleEventAnswer),
  });
}

function reasonOf({ gate, verdict, failing, missing }: Verdict): string {
  if (verdict === 'fail') return `The gate ${gate} fails: ${failing.join(', ')}.`;
  if (verdict === 'unknown') {
    return `The gate ${gate} waits for facts: ${missing.map(({ fact }) => fact).join(', ')}.`;
  }
  return `The two evaluators of the gate ${gate} do not agree. It stays shut, and an incident has been raised.`;
}
