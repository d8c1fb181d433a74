import type { z } from 'zod';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Language } from '../../core/terms/language.js';
import { wordRule } from '../../core/wording/word-rule.js';
import type { VersionView } from '../../engine/rules/read-rulebooks.js';
import type { rulebookPageSchema, rulebookSchema, rulebookVersionSchema } from '../schemas/rulebook.js';

export function rulebookHeadAnswer(
  rulebook: Rulebook,
  view: VersionView,
): z.output<typeof rulebookPageSchema>['items'][number] {
  return {
    ...head(rulebook),
    ...standing(view),
    gates: [...rulebook.gates.keys()],
    rules: [...rulebook.rules.keys()],
  };
}

export function rulebookVersionAnswer(view: VersionView): z.output<typeof rulebookVersionSchema> {
  const { id, version, hash, effectiveFrom } = view;
  return { id, version, hash, effectiveFrom, ...standing(view) };
}

export function rulebookAnswer(rulebook: Rulebook, language: Language): z.output<typeof rulebookSchema> {
  return {
    ...head(rulebook),
    gates: [...rulebook.gates.values()].map(({ id, labels, rules }) => ({
      id,
      labels,
      rules: rules.map((rule) => rule.id),
    })),
    rules: [...rulebook.rules.values()].map((rule) => ({
      id: rule.id,
      labels: rule.labels,
      sentence: wordRule(rule, { language, catalogue: rulebook.catalogue }).sentence,
      severity: rule.severity,
      source: rule.source,
      parameters: Object.fromEntries(rule.parameters),
      action: rule.action,
      standing: [...rule.standing],
      facts: [...rule.factNames],
      conditions: rule.conditions,
    })),
  };
}

function head({ id, version, hash, labels, effectiveFrom, factCatalogue }: Rulebook) {
  return {
    id,
    version,
    hash,
    labels,
    effectiveFrom,
    factCatalogue: { id: factCatalogue.id, version: factCatalogue.version },
  };
}

function standing(view: VersionView) {
  const { state, counts, endsOn, origin, draftId, emergency, reason, publishedBy, publishedAt } = view;
  return {
    state,
    counts,
    endsOn,
    origin,
    draft: draftId,
    emergency,
    reason,
    publishedBy,
    publishedAt,
    retired: view.retired === null ? null : { ...view.retired },
    livingCycles: view.livingCycles,
  };
}
