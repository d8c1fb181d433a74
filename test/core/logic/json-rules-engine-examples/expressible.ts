import type { FactType } from '../../../../src/core/facts/fact-type.js';
import type { FactScalar } from '../../../../src/core/facts/fact-value.js';

/** What json-rules-engine's documentation, examples and tests try out and our conditions can say. */
export interface Example {
  /** Where it is published, in the repository CacheControl/json-rules-engine. */
  readonly from: string;
  readonly about: string;
  /** Facts by our names: two words with a dot. */
  readonly facts: Readonly<Record<string, FactType>>;
  readonly conditions: object;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly given: Readonly<Record<string, FactScalar>>;
  /** What json-rules-engine says; facts that are not there are undefined to it, and allowed. */
  readonly theirs: boolean;
  /** What we say, where that differs, and why we want it so. */
  readonly ours?: { readonly truth: boolean | null; readonly because: string };
  /** The facts whose comparisons fail, where the example prints them. */
  readonly failing?: readonly string[];
}

const whole = (unit: string, max: number): FactType => ({ kind: 'integer', min: 0, max, unit });
const decimal = (unit: string, max: number): FactType => ({ kind: 'decimal', min: 0, max, unit });
const yes: FactType = { kind: 'boolean' };
const text: FactType = { kind: 'text' };

const UNKNOWN_STAYS = 'A fact that nobody has recorded makes a comparison unknown, never false.';

const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

const age = { 'person.age': whole('years', 150) };

function operatorExample(operator: string, runs: readonly (readonly [number, boolean])[]): Example {
  return {
    from: 'test/condition.test.mjs',
    about: `the operator ${operator} with 50`,
    facts: age,
    conditions: { all: [leaf('person.age', operator, 50)] },
    runs: runs.map(([value, theirs]) => ({ given: { 'person.age': value }, theirs })),
  };
}

export const EXPRESSIBLE: readonly Example[] = [
  {
    from: 'README.md and examples/02-nested-boolean-logic.js',
    about: 'a player who fouls out after five fouls in a short game or six in a long one',
    facts: { 'game.minutes': whole('minutes', 100), 'game.fouls': whole('fouls', 20) },
    conditions: {
      any: [
        { all: [leaf('game.minutes', 'equal', 40), leaf('game.fouls', 'greaterThanInclusive', 5)] },
        { all: [leaf('game.minutes', 'equal', 48), leaf('game.fouls', 'greaterThanInclusive', 6)] },
      ],
    },
    runs: [
      { given: { 'game.minutes': 40, 'game.fouls': 6 }, theirs: true },
      { given: { 'game.minutes': 40, 'game.fouls': 4 }, theirs: false },
      { given: { 'game.minutes': 48, 'game.fouls': 5 }, theirs: false },
      { given: { 'game.minutes': 48, 'game.fouls': 6 }, theirs: true },
    ],
  },
  {
    from: 'examples/01-hello-world.js',
    about: 'one yes or no',
    facts: { 'message.shown': yes },
    conditions: { all: [leaf('message.shown', 'equal', true)] },
    runs: [
      { given: { 'message.shown': true }, theirs: true },
      { given: { 'message.shown': false }, theirs: false },
    ],
  },
  {
    from: 'examples/07-rule-chaining.js, its first rule',
    about: 'two yes or no',
    facts: { 'drinks.juice': yes, 'drinks.vodka': yes },
    conditions: { all: [leaf('drinks.juice', 'equal', true), leaf('drinks.vodka', 'equal', true)] },
    runs: [
      { given: { 'drinks.juice': true, 'drinks.vodka': true }, theirs: true },
      { given: { 'drinks.juice': true, 'drinks.vodka': false }, theirs: false, failing: ['drinks.vodka'] },
    ],
  },
  {
    from: 'examples/08-fact-comparison.js, with its balance and price as facts of their own',
    about: 'whether a balance covers a price',
    facts: { 'account.balance': whole('dollars', 10_000), 'product.price': whole('dollars', 10_000) },
    conditions: { all: [leaf('account.balance', 'greaterThanInclusive', { fact: 'product.price' })] },
    runs: [
      { given: { 'account.balance': 500, 'product.price': 50 }, theirs: true },
      { given: { 'account.balance': 30, 'product.price': 50 }, theirs: false },
    ],
  },
  {
    from: 'examples/09-rule-results.js',
    about: 'five students, and what each of them lacks',
    facts: { 'student.athlete': yes, 'student.grade': decimal('points', 4) },
    conditions: {
      all: [leaf('student.athlete', 'equal', true), leaf('student.grade', 'greaterThanInclusive', 3.5)],
    },
    runs: [
      {
        given: { 'student.athlete': false, 'student.grade': 3.9 },
        theirs: false,
        failing: ['student.athlete'],
      },
      { given: { 'student.athlete': true, 'student.grade': 3.5 }, theirs: true, failing: [] },
      {
        given: { 'student.athlete': false, 'student.grade': 3.1 },
        theirs: false,
        failing: ['student.athlete', 'student.grade'],
      },
      { given: { 'student.athlete': true, 'student.grade': 4 }, theirs: true, failing: [] },
      { given: { 'student.athlete': true, 'student.grade': 1.1 }, theirs: false, failing: ['student.grade'] },
    ],
  },
  {
    from: 'docs/rules.md, basic conditions',
    about: 'one number with a limit',
    facts: { 'my.fact': whole('pieces', 10) },
    conditions: { all: [leaf('my.fact', 'lessThanInclusive', 1)] },
    runs: [
      { given: { 'my.fact': 1 }, theirs: true },
      { given: { 'my.fact': 2 }, theirs: false },
    ],
  },
  operatorExample('equal', [
    [50, true],
    [5, false],
  ]),
  operatorExample('notEqual', [
    [50, false],
    [5, true],
  ]),
  operatorExample('lessThan', [
    [49, true],
    [50, false],
    [51, false],
  ]),
  operatorExample('lessThanInclusive', [
    [49, true],
    [50, true],
    [51, false],
  ]),
  operatorExample('greaterThan', [
    [51, true],
    [49, false],
    [50, false],
  ]),
  operatorExample('greaterThanInclusive', [
    [51, true],
    [50, true],
    [49, false],
  ]),
  {
    from: 'test/condition.test.mjs, with words in place of numbers',
    about: 'the operators in and notIn',
    facts: { 'person.team': text },
    conditions: {
      any: [
        { all: [leaf('person.team', 'in', ['red', 'green', 'blue'])] },
        { not: { all: [leaf('person.team', 'notIn', ['white'])] } },
      ],
    },
    runs: [
      { given: { 'person.team': 'green' }, theirs: true },
      { given: { 'person.team': 'white' }, theirs: true },
      { given: { 'person.team': 'black' }, theirs: false },
    ],
  },
  {
    from: 'test/condition.test.mjs, which only reads it',
    about: 'a group in a group',
    facts: {
      ...age,
      'person.points': whole('points', 100_000),
      'person.gender': text,
      'person.income': whole('dollars', 1_000_000),
    },
    conditions: {
      all: [
        leaf('person.age', 'lessThan', 45),
        leaf('person.points', 'greaterThanInclusive', 1000),
        {
          any: [
            leaf('person.gender', 'equal', 'female'),
            leaf('person.income', 'greaterThanInclusive', 50_000),
          ],
        },
      ],
    },
    runs: [
      {
        given: { 'person.age': 44, 'person.points': 1000, 'person.gender': 'male', 'person.income': 50_000 },
        theirs: true,
      },
      {
        given: { 'person.age': 44, 'person.points': 1000, 'person.gender': 'male', 'person.income': 49_999 },
        theirs: false,
      },
      {
        given: { 'person.age': 45, 'person.points': 1000, 'person.gender': 'female', 'person.income': 0 },
        theirs: false,
      },
    ],
  },
  {
    from: 'test/engine-all.test.mjs',
    about: 'everybody between two ages',
    facts: age,
    conditions: { all: [leaf('person.age', 'lessThan', 50), leaf('person.age', 'greaterThan', 21)] },
    runs: [
      { given: { 'person.age': 30 }, theirs: true },
      { given: { 'person.age': 10 }, theirs: false },
      { given: { 'person.age': 65 }, theirs: false },
    ],
  },
  {
    from: 'test/engine-any.test.mjs',
    about: 'the young, or those from one place',
    facts: { ...age, 'person.segment': text },
    conditions: { any: [leaf('person.age', 'lessThan', 50), leaf('person.segment', 'equal', 'european')] },
    runs: [
      { given: { 'person.age': 25, 'person.segment': 'north-american' }, theirs: true },
      { given: { 'person.age': 100, 'person.segment': 'european' }, theirs: true },
      { given: { 'person.age': 100, 'person.segment': 'north-american' }, theirs: false },
    ],
  },
  {
    from: 'test/engine-not.test.mjs',
    about: 'a comparison turned round',
    facts: age,
    conditions: { not: leaf('person.age', 'greaterThanInclusive', 50) },
    runs: [
      { given: { 'person.age': 10 }, theirs: true },
      { given: { 'person.age': 75 }, theirs: false },
    ],
  },
  {
    from: 'test/engine-fact-comparison.test.mjs',
    about: 'two facts side by side',
    facts: { 'box.height': whole('cm', 10), 'box.width': whole('cm', 10) },
    conditions: { all: [leaf('box.height', 'lessThanInclusive', { fact: 'box.width' })] },
    runs: [
      { given: { 'box.height': 1, 'box.width': 2 }, theirs: true },
      { given: { 'box.height': 2, 'box.width': 1 }, theirs: false },
    ],
  },
  {
    from: 'examples/10-condition-sharing.js and test/engine-condition.test.mjs, written out',
    about: 'a condition that two rules share',
    facts: { ...age, 'person.retired': yes, 'person.asked': yes },
    conditions: {
      all: [
        { not: { all: [leaf('person.age', 'greaterThanInclusive', 60)] } },
        leaf('person.retired', 'equal', true),
        leaf('person.asked', 'equal', true),
      ],
    },
    runs: [
      { given: { 'person.age': 55, 'person.retired': true, 'person.asked': true }, theirs: true },
      { given: { 'person.age': 65, 'person.retired': true, 'person.asked': true }, theirs: false },
    ],
  },
  {
    from: 'test/engine-fact.test.mjs, with allowUndefinedFacts',
    about: 'a fact that nobody has defined',
    facts: { ...age, 'person.flag': yes },
    conditions: { any: [leaf('person.age', 'lessThan', 50), leaf('person.flag', 'equal', true)] },
    runs: [
      { given: { 'person.age': 14 }, theirs: true },
      { given: { 'person.age': 75 }, theirs: false, ours: { truth: null, because: UNKNOWN_STAYS } },
    ],
  },
  {
    from: 'test/condition.test.mjs, values that are not numbers',
    about: 'an order asked of nothing',
    facts: age,
    conditions: { all: [leaf('person.age', 'lessThan', 50)] },
    runs: [{ given: {}, theirs: false, ours: { truth: null, because: UNKNOWN_STAYS } }],
  },
];
