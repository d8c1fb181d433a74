import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { factsOfLeaf, leavesOf, type Condition } from '../logic/condition.js';
import { parseCondition } from '../logic/parse-condition.js';
import { deepFreeze } from '../terms/deep-freeze.js';
import type { Problem } from '../terms/problem.js';
import { schemaProblems } from '../terms/schema-problems.js';
import { findInvisibleText } from './invisible-text.js';
import { lintRulebook } from './lint-rulebook.js';
import { valuesOfParameter } from './regional-value.js';
import type { Gate, Rule, Rulebook } from './rulebook.js';
import { rulebookSchema, type RuleDefinition, type RulebookDefinition } from './rulebook-schema.js';

export type CompiledRulebook = { readonly rulebook: Rulebook } | { readonly problems: readonly Problem[] };

/**
 * Judges the content of a rulebook file at the door and makes it ready to decide: parses every condition into a
 * typed tree, lints, freezes. All problems are named at once, except that a document with the wrong shape is not
 * looked at further.
 *
 * @param catalogue the fact catalogue that the rulebook names
 * @param hash of the content, as the catalog made it
 */
export function compileRulebook(
  definition: unknown,
  catalogue: FactCatalogue,
  hash: string,
): CompiledRulebook {
  const shape = rulebookSchema.safeParse(definition);
  if (!shape.success) return { problems: schemaProblems(shape.error, definition) };

  const book = shape.data;
  const judged = book.rules.map((rule, i) => judgeRule(rule, `/rules/${i}`, catalogue));
  const problems = [
    ...judged.flatMap((rule) => ('problems' in rule ? rule.problems : [])),
    ...lintRulebook(book, catalogue),
    ...findInvisibleText(definition),
  ];
  if (problems.length > 0) return { problems };
  const list = judged.flatMap((rule) => ('rule' in rule ? [rule.rule] : []));
  return {
    rulebook: Object.freeze({
      ...assemble(book, list, catalogue, hash),
      // A copy: whoever holds the document may go on changing it. The schema has judged its shape.
      definition: deepFreeze(JSON.parse(JSON.stringify(definition)) as RulebookDefinition),
    }),
  };
}

type JudgedRule = { readonly rule: Rule } | { readonly problems: readonly Problem[] };

function judgeRule(definition: RuleDefinition, pointer: string, catalogue: FactCatalogue): JudgedRule {
  const parameters = new Map(Object.entries(deepFreeze(definition.parameters)));
  const values = new Map([...parameters].map(([name, parameter]) => [name, valuesOfParameter(parameter)]));
  const parsed = parseCondition(definition.conditions, { catalogue, parameters: values });
  if ('problems' in parsed) {
    const at = `${pointer}/conditions`;
    return {
      problems: parsed.problems.map((problem) => ({ ...problem, pointer: `${at}${problem.pointer}` })),
    };
  }
  const { condition } = parsed;
  const used = parametersOf(condition);
  const unused = [...parameters.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) {
    const message = 'The condition does not use this parameter.';
    return {
      problems: unused.map((name) => ({
        pointer: `${pointer}/parameters/${name}`,
        code: 'parameter.unused',
        message,
      })),
    };
  }
  return {
    rule: {
      ...definition,
      parameters,
      action: definition.action ?? null,
      standing: definition.standing ?? [],
      condition,
      factNames: factNamesOf(definition, condition),
      conditions: structuredClone(definition.conditions),
    },
  };
}

function parametersOf(condition: Condition): ReadonlySet<string> {
  return new Set(
    leavesOf(condition).flatMap(({ right }) => (right.kind === 'parameter' ? [right.name] : [])),
  );
}

function factNamesOf({ parameters, severity }: RuleDefinition, condition: Condition): readonly string[] {
  const choices = [...Object.values(parameters), severity];
  const deciding = choices.flatMap((choice) =>
    typeof choice === 'object' && 'by' in choice ? [choice.by] : [],
  );
  return [...new Set([...leavesOf(condition).flatMap(factsOfLeaf), ...deciding])];
}

/** Maps cannot be frozen; as `ReadonlyMap`s nothing in them can be changed by what compiles. */
function assemble(
  book: RulebookDefinition,
  list: readonly Rule[],
  catalogue: FactCatalogue,
  hash: string,
): Omit<Rulebook, 'definition'> {
  const rules = new Map(deepFreeze(list).map((rule) => [rule.id, rule]));
  const gates = Object.entries(book.gates).map(([id, { labels, rules: ids }]): [string, Gate] => [
    id,
    deepFreeze({ id, labels, rules: ids.flatMap((rule) => rules.get(rule) ?? []) }),
  ]);
  return {
    id: book.id,
    version: book.version,
    hash,
    labels: deepFreeze(book.labels),
    effectiveFrom: book.effectiveFrom as CalendarDate,
    factCatalogue: deepFreeze(book.factCatalogue),
    catalogue,
    gates: new Map(gates),
    rules,
    testCases: deepFreeze(book.testCases),
  };
}
