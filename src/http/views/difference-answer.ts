import type { z } from 'zod';
import type { Change, Region } from '../../core/gates/compare-rulebooks.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Language } from '../../core/terms/language.js';
import type { RulebookDifference } from '../../engine/rules/read-difference.js';
import type { differenceSchema } from '../schemas/difference.js';
import { factLabel } from './fact-label.js';

type ChangeAnswer = z.output<typeof differenceSchema>['rules'][number];

export function differenceAnswer(
  { before, after, comparison }: RulebookDifference,
  language: Language,
): z.output<typeof differenceSchema> {
  const { id, version, hash } = after;
  const gateLabel = (gate: string): string => after.gates.get(gate)?.labels[language] ?? gate;
  const ruleLabel = (rule: string): string => after.rules.get(rule)?.labels[language] ?? rule;
  return {
    before,
    after: { id, version, hash },
    gates: comparison.gates.map((change) => changeAnswer(change, gateLabel(change.id), after, language)),
    rules: comparison.rules.map((change) => changeAnswer(change, ruleLabel(change.id), after, language)),
  };
}

function changeAnswer(change: Change, label: string, after: Rulebook, language: Language): ChangeAnswer {
  const region = (each: Region) => regionAnswer(each, after, language);
  return {
    id: change.id,
    label,
    state: change.state,
    refused: change.refused.map(region),
    admitted: change.admitted.map(region),
    isCut: change.isCut,
  };
}

function regionAnswer(
  { conditions, besides, witness }: Region,
  { catalogue }: Rulebook,
  language: Language,
): ChangeAnswer['refused'][number] {
  return {
    conditions: conditions.map(({ fact, operator, value }) => ({
      fact,
      label: factLabel(fact, catalogue, language),
      operator,
      value,
    })),
    besides: [...besides],
    witness: {
      today: witness.today,
      facts: [...witness.facts.values()].map(({ fact, value, precision }) => ({ fact, value, precision })),
    },
  };
}
