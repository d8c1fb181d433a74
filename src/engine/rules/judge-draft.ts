import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Problem } from '../../core/terms/problem.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeRulebook } from './judge-rulebook.js';

/**
 * The content of a draft, ready to decide with.
 *
 * @param base what the draft was made from: its id stays, and every workflow that it serves must still be served
 * @param version the number that the draft bears until it is published and gets its own
 * @throws DomainError `draft.invalid` with every fault that was found: its pointer, its code, an English sentence
 */
export function judgeDraft(deps: EngineDeps, base: Rulebook, version: number, definition: unknown): Rulebook {
  const compiled = judgeRulebook(deps, definition);
  if ('problems' in compiled) throw invalidDraft(compiled.problems);
  const { rulebook } = compiled;
  const problems: Problem[] = [
    ...fixed('/id', 'rulebook.id-changed', base.id, rulebook.id),
    ...fixed('/version', 'rulebook.version-changed', version, rulebook.version),
    ...missingGates(deps, base, rulebook),
  ];
  if (problems.length > 0) throw invalidDraft(problems);
  return rulebook;
}

/** Refuses the content of a draft with all its faults. */
export function invalidDraft(problems: readonly Problem[]): DomainError {
  const errors = problems.map(({ pointer, code, message }) => ({ pointer, code, detail: message }));
  return new DomainError('draft.invalid', { errors });
}

function fixed<T>(pointer: string, code: string, expected: T, actual: T): readonly Problem[] {
  if (expected === actual) return [];
  return [{ pointer, code, message: `This stays ${String(expected)} as long as it is a draft.` }];
}

/** Gates that a workflow asks and that the base has: without one of them its cycles could never move again. */
function missingGates(deps: EngineDeps, base: Rulebook, rulebook: Rulebook): readonly Problem[] {
  const served = deps.catalog.workflows.filter((workflow) => judgePairing(workflow, base).length === 0);
  const asked = served.flatMap((workflow) =>
    [...new Set(judgePairing(workflow, rulebook).map(({ message }) => message))].map((message) => {
      return { message, by: `${workflow.id}/${workflow.version}` };
    }),
  );
  return [...Map.groupBy(asked, ({ message }) => message)].map(([message, asking]) => ({
    pointer: '/gates',
    code: 'gate.missing',
    message: `Asked by ${asking.map(({ by }) => by).join(', ')}: ${message}.`,
  }));
}
