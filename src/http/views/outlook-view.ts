import type { z } from 'zod';
import type { Exactness } from '../../core/logic/exactness.js';
import type { FactChange } from '../../core/gates/fact-change.js';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { GateOpenings } from '../../engine/cycles/find-openings.js';
import type { GateOutlook } from '../../engine/cycles/read-margin.js';
import type { marginSchema, openingSchema } from '../schemas/outlook.js';
import { factLabel } from './fact-label.js';

export function openingView(found: GateOpenings, language: Language): z.output<typeof openingSchema> {
  const { openings, rulebook, to } = found;
  return {
    gate: openings.gate,
    to,
    sets: openings.sets.map(({ changes }) => ({
      changes: changes.map((change) => changeView(change, rulebook.catalogue, language)),
    })),
    isCut: openings.isCut,
    hopeless: [...openings.hopeless],
    exactness: exactnessView(openings.exactness),
  };
}

export function marginView(found: GateOutlook, language: Language): z.output<typeof marginSchema> {
  const { margin, horizon, rulebook, to } = found;
  const label = (fact: string): string => factLabel(fact, rulebook.catalogue, language);
  return {
    gate: margin.gate,
    to,
    isOpen: margin.isOpen,
    facts: margin.facts.map(({ fact, owner, from, to: target, distance, unit }) => ({
      fact,
      label: label(fact),
      owner,
      from,
      to: target,
      distance,
      unit,
    })),
    leaves: margin.rules.flatMap(({ rule, leaves }) =>
      leaves.map(({ pointer, fact, result, distance, unit, flips }) => ({
        rule,
        pointer,
        fact,
        label: label(fact),
        result,
        distance,
        unit,
        flips,
      })),
    ),
    horizon: {
      turnsOn: horizon.turnsOn,
      verdict: horizon.verdict,
      because: [...horizon.because],
      until: horizon.until,
    },
    exactness: exactnessView(margin.exactness),
  };
}

function changeView(
  { fact, owner, from, to, works }: FactChange,
  catalogue: FactCatalogue,
  language: Language,
): z.output<typeof openingSchema>['sets'][number]['changes'][number] {
  return {
    fact,
    label: factLabel(fact, catalogue, language),
    owner,
    from,
    to,
    works: 'oneOf' in works ? { oneOf: [...works.oneOf] } : { atLeast: works.atLeast, atMost: works.atMost },
  };
}

function exactnessView({ isExact, because }: Exactness): {
  isExact: boolean;
  because: Exactness['because'][number][];
} {
  return { isExact, because: [...because] };
}
