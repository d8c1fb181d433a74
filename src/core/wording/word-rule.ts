import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Rule } from '../gates/rulebook.js';
import type { Severity } from '../gates/rulebook-schema.js';
import type { Language } from '../terms/language.js';
import { quotation } from './quotation.js';
import { renderCondition } from './render-condition.js';
import { spellChoice } from './spell-parameter.js';
import { spellAmount } from './spell-value.js';
import { capitalised, fill } from './template.js';
import { scopeOf } from './wording.js';

/** A rule as an administrator reads and signs it: together the three say all that the rule decides. */
export interface WordedRule {
  /** Its label. */
  readonly title: string;
  /** Its condition; see `renderCondition`. */
  readonly sentence: string;
  /** What happens at the gate while it is not met, for each kind of region; with the task of a conditional pass. */
  readonly severity: string;
}

/**
 * Puts a rule into words.
 *
 * @param catalogue the one of the rule's rulebook
 */
export function wordRule(
  rule: Rule,
  { language, catalogue }: { readonly language: Language; readonly catalogue: FactCatalogue },
): WordedRule {
  const { severity, action, parameters, condition, labels } = rule;
  const wording = { catalogue, language, parameters };
  const scope = scopeOf(wording);
  const { consequence } = scope.grammar;
  const spell = (word: Severity) => {
    if (word !== 'conditional' || action === null) return consequence.severities[word];
    const task = fill(consequence.action, {
      action: quotation(action.labels[language], '"'),
      months: spellAmount(action.dueWithinMonths, 'months', scope.grammar),
    });
    return `${consequence.severities[word]} (${task})`;
  };
  const words = typeof severity === 'string' ? spell(severity) : spellChoice(severity, scope, spell);
  return {
    title: labels[language],
    sentence: renderCondition(condition, wording),
    severity: `${capitalised(fill(consequence.intro, { severity: words }))}.`,
  };
}
