import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { RulebookProofs } from '../../engine/rules/read-proofs.js';
import type { proofsSchema } from '../schemas/proof.js';

export function proofsAnswer(
  { rulebook, gates }: RulebookProofs,
  language: Language,
): z.output<typeof proofsSchema> {
  return {
    gates: gates.map(({ gate, canOpen, canFail, rules, contradictions, undecidedPairs }) => ({
      gate,
      label: rulebook.gates.get(gate)?.labels[language] ?? gate,
      canOpen: canOpen.answer,
      canFail: canFail.answer,
      rules: rules.map((proof) => ({
        rule: proof.rule,
        label: rulebook.rules.get(proof.rule)?.labels[language] ?? proof.rule,
        canPass: proof.canPass.answer,
        canFail: proof.canFail.answer,
        matters: proof.matters.answer,
      })),
      contradictions: contradictions.map((pair) => [...pair]),
      undecidedPairs: undecidedPairs.map((pair) => [...pair]),
    })),
  };
}
