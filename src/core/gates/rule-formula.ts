import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactValue } from '../facts/fact-value.js';
import { ALWAYS, and, NEVER, or, type Formula } from '../logic/formula.js';
import type { Space } from '../logic/space.js';
import { translateCondition, type ParameterCase } from '../logic/translate-condition.js';
import { wordAtom, wordSide } from '../logic/word-atoms.js';
import type { Universe } from '../logic/universe.js';
import { parameterValue, severityIn } from './regional-value.js';
import type { Rule } from './rulebook.js';
import type { Severity } from './rulebook-schema.js';

/** What formulas of rules are about. */
export interface RuleSite {
  readonly space: Space;
  readonly universe: Universe;
  readonly catalogue: FactCatalogue;
}

/** When the condition of a rule is certainly true, or certainly false, in any region. */
export function ruleFormula({ condition, parameters }: Rule, truth: boolean, site: RuleSite): Formula {
  const parameter = (name: string): readonly ParameterCase[] => {
    const definition = parameters.get(name);
    if (definition === undefined) return [];
    if (!('by' in definition)) return [{ when: ALWAYS, value: definition.value }];
    return casesBy(definition.by, site).flatMap(({ when, facts }) => {
      const found = parameterValue(definition, facts);
      return 'value' in found ? [{ when, value: found.value }] : [];
    });
  };
  return translateCondition(condition, truth, { space: site.space, universe: site.universe, parameter });
}

/** When a rule lets its gate open: a block rule that is true, a conditional one that is known, a warn rule always. */
export function ruleOpens(rule: Rule, site: RuleSite): Formula {
  return bySeverity(rule, site, (severity) => {
    if (severity === 'warn') return ALWAYS;
    const isTrue = ruleFormula(rule, true, site);
    return severity === 'block' ? isTrue : or(isTrue, ruleFormula(rule, false, site));
  });
}

/** When a rule makes its gate fail. */
export function ruleFails(rule: Rule, site: RuleSite): Formula {
  return bySeverity(rule, site, (severity) =>
    severity === 'block' ? ruleFormula(rule, false, site) : NEVER,
  );
}

function bySeverity(rule: Rule, site: RuleSite, formula: (severity: Severity) => Formula): Formula {
  const { severity } = rule;
  if (typeof severity === 'string') return formula(severity);
  return or(
    ...casesBy(severity.by, site).map(({ when, facts }) => and(when, formula(severityIn(severity, facts)))),
  );
}

interface Case {
  readonly when: Formula;
  /** With the fact that decides, if it is known. */
  readonly facts: ReadonlyMap<string, FactValue>;
}

/** Everything that a fact of the region can be, one case each. */
function casesBy(name: string, { space, universe, catalogue }: RuleSite): readonly Case[] {
  const type = catalogue.get(name)?.type;
  if (type === undefined) return [{ when: ALWAYS, facts: new Map() }];
  const known = universe.knowledge(name);
  if (known === 'missing') return [{ when: ALWAYS, facts: new Map() }];
  if (known !== 'free') return [{ when: ALWAYS, facts: new Map([[name, known]]) }];
  const side = wordSide({ kind: 'fact', name, type }, space, universe);
  if (side === 'missing' || 'word' in side) return [];
  const words = space.words[side.variable]?.words ?? [];
  return words.map((word) => ({
    when: wordAtom(space, side.variable, (each) => each === word, {
      fact: name,
      operator: 'equal',
      value: word,
    }),
    facts: new Map([[name, assumedFact(name, word, null)]]),
  }));
}

/** A fact as if somebody had recorded it. */
export function assumedFact(
  fact: string,
  value: FactValue['value'],
  precision: FactValue['precision'],
): FactValue {
  return {
    fact,
    value,
    precision,
    observedOn: null,
    evidence: null,
    note: null,
    recordedBy: 'assumed',
    recordedAt: '1970-01-01T00:00:00.000Z' as FactValue['recordedAt'],
    cycleNumber: 1,
  };
}
