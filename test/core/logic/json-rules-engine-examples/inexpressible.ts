/** What json-rules-engine's documentation, examples and tests try out and our conditions refuse, and why. */
export interface Refusal {
  readonly from: string;
  readonly about: string;
  /** What our parser is shown; the facts are `a.number` (whole), `a.word` (text), `a.flag` (yes or no). */
  readonly conditions: object;
  readonly code: string;
  readonly because: string;
}

const NO_PATHS =
  'Facts are plain values with a type; a path is a program, and its language has been a way in before.';
const NO_LISTS = 'No fact is a list, so nothing can be asked of its members; what is counted is a number.';
const NO_OWN_OPERATORS =
  'What an operator of one own does cannot be proved, compared or explained; every one of ours can.';
const OWN_TYPES =
  'Every comparison has a type; one that is always false by a slip is found when the rule is saved.';

const only = (leaf: object) => ({ all: [leaf] });

export const INEXPRESSIBLE: readonly Refusal[] = [
  {
    from: 'README.md, advanced example; examples/03, 04, 05, 08; docs/rules.md, path; test/engine-fact.test.mjs',
    about: 'a property of an object',
    conditions: only({ fact: 'a.word', path: '$.company', operator: 'equal', value: 'microsoft' }),
    code: 'rule.path-forbidden',
    because: NO_PATHS,
  },
  {
    from: 'test/engine-fact.test.mjs, pathResolver; examples/10-facts-with-pipes.js',
    about: 'a path in a language of one own',
    conditions: only({ fact: 'a.number', path: 'y[0]', operator: 'equal', value: 99 }),
    code: 'rule.path-forbidden',
    because: NO_PATHS,
  },
  {
    from: 'README.md, advanced example; test/condition.test.mjs; test/acceptance/acceptance.test.mjs',
    about: 'contains',
    conditions: only({ fact: 'a.word', operator: 'contains', value: '2016-12-25' }),
    code: 'rule.unknown-operator',
    because: NO_LISTS,
  },
  {
    from: 'test/condition.test.mjs',
    about: 'doesNotContain',
    conditions: only({ fact: 'a.word', operator: 'doesNotContain', value: 10 }),
    code: 'rule.unknown-operator',
    because: NO_LISTS,
  },
  {
    from: 'test/engine-nested-conditions.test.js',
    about: 'some member of a list',
    conditions: only({ fact: 'a.word', operator: 'some', conditions: { all: [] } }),
    code: 'rule.malformed',
    because: NO_LISTS,
  },
  {
    from: 'test/condition.test.mjs, in and notIn of numbers',
    about: 'a list of numbers',
    conditions: only({ fact: 'a.number', operator: 'in', value: [5, 10, 15, 20] }),
    code: 'rule.type-mismatch',
    because: 'Of numbers a rule asks where they lie; a list of them is written as any of equal.',
  },
  {
    from: 'examples/06-custom-operators.js; test/operator.test.mjs',
    about: 'startsWithLetter',
    conditions: only({ fact: 'a.word', operator: 'startsWithLetter', value: 'a' }),
    code: 'rule.unknown-operator',
    because: NO_OWN_OPERATORS,
  },
  {
    from: 'examples/13-using-operator-decorators.js; test/operator-decorator.test.mjs',
    about: 'an operator with decorators',
    conditions: only({ fact: 'a.word', operator: 'everyFact:not:equal', value: 'a' }),
    code: 'rule.unknown-operator',
    because: NO_OWN_OPERATORS,
  },
  {
    from: 'docs/rules.md, params; examples/03, 08; test/engine-fact-comparison.test.mjs',
    about: 'params for a fact that is a program',
    conditions: only({ fact: 'a.number', params: { multiplier: 2 }, operator: 'equal', value: 4 }),
    code: 'rule.malformed',
    because:
      'Facts are resolved before, so that a decision can be replayed; only the functions we know take params.',
  },
  {
    from: 'examples/10-condition-sharing.js; test/engine-condition.test.mjs',
    about: 'a condition by its name',
    conditions: { all: [{ condition: 'over60' }] },
    code: 'rule.named-condition-forbidden',
    because: 'What a rule asks stands in the rule, so that who signs it has read it.',
  },
  {
    from: 'examples/05; docs/rules.md; test/engine-fact-priority.test.mjs; test/engine-rule-priority.test.mjs',
    about: 'a priority',
    conditions: only({ fact: 'a.number', operator: 'lessThan', value: 5, priority: 10 }),
    code: 'rule.priority-forbidden',
    because: 'What comes after a priority that settled the group gets no result, so nobody can explain it.',
  },
  {
    from: 'test/condition.test.mjs, equal to check for undefined; test/engine-fact.test.mjs, invalid object paths',
    about: 'equal to nothing',
    conditions: only({ fact: 'a.number', operator: 'equal', value: undefined }),
    code: 'rule.malformed',
    because:
      'A fact without a value is unknown and equal to nothing; whether it has one is asked by isKnown.',
  },
  {
    from: 'test/condition.test.mjs, comparison with what is no number',
    about: 'an order of words',
    conditions: only({ fact: 'a.word', operator: 'lessThan', value: 50 }),
    code: 'rule.type-mismatch',
    because: OWN_TYPES,
  },
  {
    from: 'test/condition.test.mjs, boolean operators',
    about: 'all without a list',
    conditions: { all: { foo: true } },
    code: 'rule.malformed',
    because: 'Both refuse it.',
  },
  {
    from: 'test/condition.test.mjs, boolean operators',
    about: 'not with a list',
    conditions: { not: [{ foo: true }] },
    code: 'rule.malformed',
    because: 'Both refuse it.',
  },
  {
    from: 'test/condition.test.mjs, atomic facts',
    about: 'a comparison without an operator',
    conditions: only({ fact: 'a.number', value: 50 }),
    code: 'rule.malformed',
    because: 'Both refuse it.',
  },
];

/** Published tests that are about the engine and not about conditions: nothing in them is evaluated by us. */
export const NOT_ABOUT_CONDITIONS: Readonly<Record<string, string>> = {
  'examples/11-using-facts-in-events.js, test/engine-event.test.mjs, test/engine-failure.test.mjs':
    'Events: our answer is a verdict with every comparison, nothing is emitted.',
  'examples/12-using-custom-almanac.js, test/almanac.test.mjs, test/engine-facts-calling-facts.test.mjs':
    'The almanac: facts are resolved before, and none is made while rules run.',
  'examples/07, second rule; test/engine-recusive-rules.test.mjs':
    'Rules that feed rules: ours stand side by side, so their order cannot matter.',
  'test/engine-cache.test.mjs, test/engine-parallel-condition-cache.test.mjs, test/performance.test.mjs':
    'Caching and time: there is nothing to cache, and speed is measured by npm run bench -- rules.',
  'test/engine-controls.test.mjs, test/engine-run.test.mjs, test/engine.test.mjs, test/engine-operator-map.test.mjs':
    'Adding, removing and stopping rules: a rulebook is compiled whole and does not change.',
  'test/rule.test.mjs, test/fact.test.mjs, test/index.test.mjs, test/engine-custom-properties.test.mjs':
    'Construction and serialisation of its own objects; ours are the JSON of the file.',
  'test/engine-error-handling.test.mjs':
    'Errors of facts that are programs: ours are values, there is nothing that can throw.',
};
