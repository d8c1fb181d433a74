import { Engine, type OperatorEvaluator, type TopLevelCondition } from 'json-rules-engine';
import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { Truth } from '../logic/truth.js';
import { DomainError } from '../terms/domain-error.js';
import type { GateContext, GateQuestion } from './evaluate-gate.js';
import { lowerConditions, type Reading } from './lower-conditions.js';
import { parameterValue } from './regional-value.js';
import type { Rule, Rulebook } from './rulebook.js';
import {
  factOperand,
  FUNCTION_FACTS,
  functionOperand,
  isInterval,
  UNKNOWN,
  type SecondOperand,
} from './second-operand.js';

type Question = Omit<GateQuestion, 'waivers'>;

/**
 * What json-rules-engine says of every rule of a gate: an evaluator that is not ours, on the JSON of the file rather
 * than on our tree. It shares with the first one the arithmetic of dates and decimals and the choice of a region's
 * parameters; groups, comparisons, and what an unknown does to them, are its own.
 *
 * json-rules-engine knows two truth values, so a gate is run twice: once with every leaf that is not decided against
 * the rule, once with it in favour. What is true in the first run is true, what is false in the second is false,
 * anything else is unknown.
 *
 * @returns by rule id
 * @throws DomainError `evaluators.disagree` if the engine failed, or did not evaluate every rule exactly once
 */
export async function secondOpinion(question: Question): Promise<ReadonlyMap<string, Truth>> {
  const rules = question.rulebook.gates.get(question.gate)?.rules;
  if (rules === undefined) throw new DomainError('definition.invalid', { gate: question.gate });
  const certain = await trueRules(rules, 'certainly', question);
  const possible = await trueRules(rules, 'possibly', question);
  const impossible = rules.map(({ id }) => id).filter((id) => certain.has(id) && !possible.has(id));
  if (impossible.length > 0)
    throw new DomainError('evaluators.disagree', { gate: question.gate, impossible });
  return new Map(rules.map(({ id }) => [id, certain.has(id) ? true : possible.has(id) ? null : false]));
}

/** Ids of the rules that come out true in this reading. */
async function trueRules(
  rules: readonly Rule[],
  reading: Reading,
  question: Question,
): Promise<ReadonlySet<string>> {
  // A fresh engine each time: overlapping runs on one of them skip rules without a word.
  const engine = makeEngine(rules, reading, question);
  const { results, failureResults } = await engine.run().catch((error: unknown) => {
    throw new DomainError('evaluators.disagree', { gate: question.gate, reason: String(error) });
  });
  const evaluated = [...results, ...failureResults].map(({ name }) => name).toSorted();
  const declared = rules.map(({ id }) => id).toSorted();
  if (evaluated.join() !== declared.join()) {
    throw new DomainError('evaluators.disagree', { gate: question.gate, declared, evaluated });
  }
  return new Set(results.map(({ name }) => name));
}

function makeEngine(rules: readonly Rule[], reading: Reading, { rulebook, context }: Question): Engine {
  const { catalogue } = rulebook;
  const engine = new Engine();
  engine.addOperator('isKnown', () => true);
  engine.addOperatorDecorator('certainly', certainly);
  engine.addOperatorDecorator('possibly', possibly);

  for (const { id, conditions } of rules) {
    const lowered = lowerConditions(conditions, reading, id, catalogue);
    engine.addRule({
      name: id,
      conditions: lowered.conditions as TopLevelCondition,
      event: { type: 'rule' },
    });
    for (const name of lowered.factNames) engine.addFact(name, factOperand(name, catalogue, context));
  }
  // Not cached: the engine would look the params up by a 32-bit hash, and two functions could share one result.
  const options = { cache: false };
  for (const name of FUNCTION_FACTS) {
    engine.addFact(name, (params) => functionOperand(name, params, catalogue, context), options);
  }
  engine.addFact('parameter', (params) => parameterOperand(params, rulebook, context), options);
  return engine;
}

/** `rule`, `name` and `isDate` are the params that `lowerConditions` writes. */
function parameterOperand(
  params: Readonly<Record<string, unknown>>,
  { rules }: Rulebook,
  { facts }: GateContext,
): SecondOperand {
  const definition = rules.get(String(params['rule']))?.parameters.get(String(params['name']));
  const found = definition === undefined ? null : parameterValue(definition, facts);
  if (found === null || 'missing' in found) return UNKNOWN;
  return params['isDate'] === true ? toDayNumber(String(found.value) as CalendarDate) : found.value;
}

type Compare = OperatorEvaluator<unknown, unknown>;

/** Whether the comparison holds for all that the two sides can be. Orders are monotone, so the ends tell. */
function certainly(left: unknown, right: unknown, compare: Compare): boolean {
  if (left === UNKNOWN || right === UNKNOWN) return false;
  return endsOf(left).every((one) => endsOf(right).every((other) => compare(one, other)));
}

/** Whether the comparison holds for something that the two sides can be. */
function possibly(left: unknown, right: unknown, compare: Compare): boolean {
  if (left === UNKNOWN || right === UNKNOWN) return true;
  return endsOf(left).some((one) => endsOf(right).some((other) => compare(one, other)));
}

function endsOf(operand: unknown): readonly unknown[] {
  return isInterval(operand) ? [operand.lo, operand.hi] : [operand];
}
