/**
 * How fast a gate is judged, beside json-rules-engine and ZEN, in the same run on the same rules and facts: 10 rules
 * of 3 comparisons. Each is used as its makers show: built once, asked per set of facts. All agree on every verdict
 * before anything is measured.
 */
import { createRequire } from 'node:module';
import type * as Zen from '@gorules/zen-engine';
import { Engine, type RuleProperties } from 'json-rules-engine';
import { makeWorkingCalendar } from '../src/core/calendar/working-calendar.js';
import type { CalendarDate } from '../src/core/calendar/calendar-date.js';
import type { FactCatalogue, FactDefinition } from '../src/core/facts/fact-catalogue.js';
import type { Facts, FactScalar } from '../src/core/facts/fact-value.js';
import { compileGate } from '../src/core/gates/compile-gate.js';
import { compileRulebook } from '../src/core/gates/compile-rulebook.js';
import { evaluateGate, type GateContext } from '../src/core/gates/evaluate-gate.js';
import type { Instant } from '../src/core/terms/instant.js';

const RULES = 10;
const ROUNDS = 15;
const ROUND_MS = 120;
const WARM_UP_MS = 800;
const GATE = 'some_stage.exit';
const today = '2017-06-01' as CalendarDate;
const labels = { de: 'x', fr: 'x', it: 'x', sl: 'x', en: 'x' };

interface Comparison {
  readonly fact: string;
  readonly operator: 'greaterThanInclusive' | 'lessThan' | 'equal';
  readonly value: FactScalar;
}

/** Every rule asks for three facts of its own: a count, a score, a yes or a word. */
const rules: readonly (readonly Comparison[])[] = Array.from({ length: RULES }, (_, i) => [
  { fact: `count.of_${i}`, operator: 'greaterThanInclusive', value: 3 },
  { fact: `score.of_${i}`, operator: 'lessThan', value: 80.5 },
  i % 2 === 0
    ? { fact: `body.of_${i}`, operator: 'equal', value: true }
    : { fact: `state.of_${i}`, operator: 'equal', value: 'met' },
]);

/** Facts that pass; in every second set one rule, each time another, fails. */
const inputs: readonly Readonly<Record<string, FactScalar>>[] = Array.from({ length: 20 }, (_, set) =>
  Object.fromEntries(
    rules.flat().map(({ fact, value }, i) => {
      const passing = typeof value === 'number' ? (fact.startsWith('count') ? value + set : 44.5) : value;
      const fails = set % 2 === 1 && i === (set % RULES) * 3;
      return [fact, fails ? 0 : passing];
    }),
  ),
);

const catalogue: FactCatalogue = new Map(
  rules.flat().map(({ fact }): [string, FactDefinition] => {
    const shared = { owner: 'regional_authority', scope: 'cycle', staleAfterMonths: null, labels } as const;
    const type: FactDefinition['type'] = fact.startsWith('count')
      ? { kind: 'integer', min: 0, max: 1000, unit: 'people' }
      : fact.startsWith('score')
        ? { kind: 'decimal', min: 0, max: 100, unit: 'points' }
        : fact.startsWith('body')
          ? { kind: 'boolean' }
          : { kind: 'enum', values: ['met', 'not_met'] };
    return [fact, { name: fact, type, ...shared }];
  }),
);

function contextOf(input: Readonly<Record<string, FactScalar>>): GateContext {
  const facts: Facts = new Map(
    Object.entries(input).map(([fact, value]) => [
      fact,
      {
        fact,
        value,
        precision: null,
        observedOn: null,
        evidence: null,
        note: null,
        recordedBy: 'bench',
        recordedAt: '2017-03-20T08:00:00.000Z' as Instant,
        cycleNumber: 1,
      },
    ]),
  );
  const calendar = makeWorkingCalendar({
    id: 'AT-5',
    zone: 'Europe/Vienna',
    weekend: [6, 7],
    holidays: [],
    coveredYears: { first: 2015, last: 2020 },
  });
  return { facts, today, calendar, neighbourCalendars: [], stale: new Set() };
}

/** Asks for one input by its number; answers whether every rule passes. */
type Contender = (input: number) => boolean | Promise<boolean>;

function ours(): Record<'plain' | 'word' | 'verdict', Contender> {
  const ids = rules.map((_, i) => `R${String(i + 1).padStart(2, '0')}`);
  const compiled = compileRulebook(
    {
      id: 'bench',
      version: 1,
      labels,
      effectiveFrom: '2017-01-01',
      factCatalogue: { id: 'facts', version: 1 },
      gates: { [GATE]: { labels, rules: ids } },
      rules: rules.map((leaves, i) => ({
        id: ids[i],
        labels,
        severity: 'block',
        source: { basis: 'proposal', text: 'A measurement.', urls: [] },
        parameters: {},
        conditions: { all: leaves },
      })),
      testCases: [],
    },
    catalogue,
    'a-hash',
  );
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
  const { rulebook } = compiled;
  const gate = compileGate(rulebook, GATE);
  const contexts = inputs.map(contextOf);
  const at = (input: number) => contexts[input % contexts.length] as GateContext;
  return {
    word: (input) => gate.word(at(input), []) === 'pass',
    verdict: (input) => gate.verdict(at(input), []).verdict === 'pass',
    plain: (input) =>
      evaluateGate({ rulebook, gate: GATE, context: at(input), waivers: [] }).verdict === 'pass',
  };
}

function jsonRulesEngine(): Contender {
  const engine = new Engine();
  for (const [i, leaves] of rules.entries()) {
    const conditions = { all: [...leaves] };
    engine.addRule({ conditions, event: { type: `rule-${i}` } } as RuleProperties);
  }
  return async (input) => {
    const { failureResults } = await engine.run(inputs[input % inputs.length]);
    return failureResults.length === 0;
  };
}

/** The same logic as one expression node, which is the fastest that ZEN offers for it; null where it is not there. */
function zen(): { readonly decision: Contender; readonly expression: Contender } | null {
  let zenEngine: typeof Zen;
  try {
    zenEngine = createRequire(import.meta.url)('@gorules/zen-engine') as typeof zenEngine;
  } catch {
    return null;
  }
  const symbols = { greaterThanInclusive: '>=', lessThan: '<', equal: '==' };
  const name = (fact: string) => fact.replace('.', '_');
  const ruleExpression = (leaves: readonly Comparison[]) =>
    leaves.map(({ fact, operator, value }) => `${name(fact)} ${symbols[operator]} ${JSON.stringify(value)}`);
  const zenInputs = inputs.map((input) =>
    Object.fromEntries(Object.entries(input).map(([fact, value]) => [name(fact), value])),
  );
  const expressions = rules.map((leaves, i) => ({
    id: `e${i}`,
    key: `rule${i}`,
    value: ruleExpression(leaves).join(' and '),
  }));
  const decision = new zenEngine.ZenEngine().createDecision({
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      { id: 'ex', name: 'ex', type: 'expressionNode', position: { x: 1, y: 0 }, content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'ex', type: 'edge' },
      { id: 'b', sourceId: 'ex', targetId: 'out', type: 'edge' },
    ],
  });
  const whole = rules.map((leaves) => `(${ruleExpression(leaves).join(' and ')})`).join(' and ');
  return {
    decision: async (input) => {
      const { result } = await decision.evaluate(zenInputs[input % zenInputs.length]);
      return Object.values(result as Record<string, boolean>).every(Boolean);
    },
    expression: (input) =>
      zenEngine.evaluateExpressionSync(whole, zenInputs[input % zenInputs.length]) === true,
  };
}

/** Microseconds per question in one round of about `ms`. */
async function round(contender: Contender, ms: number): Promise<number> {
  const start = process.hrtime.bigint();
  const end = start + BigInt(ms) * 1_000_000n;
  let asked = 0;
  let now = start;
  while (now < end) {
    for (let i = 0; i < 200; i += 1) {
      const answer = contender(i);
      if (typeof answer === 'object') await answer;
    }
    asked += 200;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / 1000 / asked;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const { word, verdict, plain } = ours();
const foreign = zen();
const contenders: Readonly<Record<string, Contender>> = {
  'Cordata, verdict alone': word,
  'Cordata, with every reason': verdict,
  'Cordata, plain evaluation': plain,
  'json-rules-engine 7': jsonRulesEngine(),
  ...(foreign === null
    ? {}
    : { 'ZEN, decision': foreign.decision, 'ZEN, one expression': foreign.expression }),
};

const answers = await Promise.all(
  Object.values(contenders).map((contender) => Promise.all(inputs.map((_, i) => contender(i)))),
);
for (const [i, answer] of answers.entries()) {
  if (answer.join() !== answers[0]?.join()) console.log(`! ${Object.keys(contenders)[i]} decides otherwise`);
}

const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
for (const contender of Object.values(contenders)) await round(contender, WARM_UP_MS);
for (let i = 0; i < ROUNDS; i += 1) {
  for (const [name, contender] of Object.entries(contenders))
    times.get(name)?.push(await round(contender, ROUND_MS));
}
const medians = new Map([...times].map(([name, each]) => [name, median(each)]));
const of = (name: string) => medians.get(name) ?? Number.NaN;

console.log(`rules: ${RULES} rules of 3 comparisons, ${inputs.length} sets of facts, ${process.version}`);
for (const [name, each] of medians) console.log(`  ${name.padEnd(28)} ${each.toFixed(3).padStart(10)} us`);
const ratio = (one: string, other: string, target: string) =>
  console.log(`  ${one} / ${other}: ${(of(one) / of(other)).toFixed(1)} times as long (target ${target})`);
ratio('json-rules-engine 7', 'Cordata, verdict alone', '100');
ratio('json-rules-engine 7', 'Cordata, with every reason', '20');
if (foreign === null) console.log('  @gorules/zen-engine is not installed: not compared');
else {
  ratio('ZEN, decision', 'Cordata, verdict alone', '10');
  ratio('ZEN, one expression', 'Cordata, verdict alone', '-');
}
