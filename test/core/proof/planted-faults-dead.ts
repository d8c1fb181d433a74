import type { ConditionFile, RuleFile } from './model-check-fixtures.js';
import { addRule, fn, leaf, NEW_RULE, type Expected, type Plant } from './planted-faults.js';
import {
  AT_LEAST,
  AT_MOST,
  SURE_DAYS,
  SURE_WORDS,
  EDW,
  severity,
  pickBound,
  weaker,
  opposed,
  several,
  sum,
  factsOf,
  between,
} from './planted-faults-bounds.js';

const dead = (params: Expected['params']): Expected => ({
  code: 'rule.dead',
  params: { rule: NEW_RULE, ...params },
});

/** Rules that never count, because others of the gate imply them. */
export const deadRules: readonly Plant[] = [
  function weakerThreshold(dice, files) {
    const bound = pickBound(dice, files);
    const condition = weaker(dice, bound);
    if (condition === null) return null;
    addRule({ dice, files, gate: bound.gate }, { all: [condition] }, severity(dice));
    return {
      how: `weaker threshold ${JSON.stringify(condition)} in ${bound.gate}`,
      expected: dead({ by: [bound.rule] }),
    };
  },
  function weakerByClass(dice, files) {
    const bound = pickBound(dice, files, 'least');
    if (bound.value <= bound.type.min + 1) return null;
    const classes = ['advanced', 'convergence', 'less_advanced'];
    const values = Object.fromEntries(
      classes.map((word) => [word, between(dice, bound, bound.type.min + 1, bound.value)]),
    );
    const parameters = { some_min: { by: 'region.class', values, unit: 'of them' } };
    const value = { fact: 'parameter', params: { name: 'some_min' } };
    addRule(
      { dice, files, gate: bound.gate },
      { all: [leaf(bound.fact, AT_LEAST, value)] },
      { parameters, ...severity(dice) },
    );
    return {
      how: `weaker by class ${bound.fact} ${JSON.stringify(values)} in ${bound.gate}`,
      expected: dead({}),
    };
  },
  function partOfAnotherRule(dice, files) {
    const [gate, { rules }] = dice.pick(Object.entries(files.rulebook.gates));
    const chosen = dice.pick(rules);
    const base = files.rulebook.rules.find(({ id }) => id === chosen);
    const parts =
      base?.severity === 'block' ? (base.conditions.all as ConditionFile[] | undefined) : undefined;
    if (base === undefined || parts === undefined || parts.length < 2) return null;
    const kept = dice.some(parts, 1, parts.length - 2);
    const used = Object.keys(base.parameters).filter((name) => JSON.stringify(kept).includes(`"${name}"`));
    const parameters = Object.fromEntries(
      used.map((name) => [name, base.parameters[name]]),
    ) as RuleFile['parameters'];
    addRule(
      { dice, files, gate },
      { all: kept },
      { parameters: structuredClone(parameters), ...severity(dice) },
    );
    return { how: `part of ${base.id} in ${gate}: ${JSON.stringify(kept)}`, expected: dead({}) };
  },
  function sumOfTwoBounds(dice, files) {
    const bounds = several(dice, files, false);
    const least = between(
      dice,
      { type: { ...pickBound(dice, files).type, kind: 'integer' } },
      1,
      Math.floor(sum(bounds)),
    );
    addRule(
      { dice, files, gate: bounds[0]?.gate ?? '' },
      { all: [fn('sum', { of: factsOf(bounds) }, AT_LEAST, least)] },
      severity(dice),
    );
    return { how: `sum ${factsOf(bounds).join()} >= ${least} in ${bounds[0]?.gate}`, expected: dead({}) };
  },
  function meanOfBounds(dice, files) {
    const bounds = several(dice, files, false);
    const mean = Math.floor((sum(bounds) / bounds.length) * 2) / 2 - dice.upTo(3) / 4;
    if (mean <= 0) return null;
    addRule(
      { dice, files, gate: bounds[0]?.gate ?? '' },
      { all: [fn('mean', { of: factsOf(bounds) }, AT_LEAST, mean)] },
      severity(dice),
    );
    return { how: `mean ${factsOf(bounds).join()} >= ${mean} in ${bounds[0]?.gate}`, expected: dead({}) };
  },
  function orSomethingElse(dice, files) {
    const bound = pickBound(dice, files);
    const condition = weaker(dice, bound);
    const other = weaker(dice, pickBound(dice, files));
    if (condition === null || other === null) return null;
    const any = dice.chance(0.5) ? [condition, other] : [other, condition];
    addRule({ dice, files, gate: bound.gate }, { any }, severity(dice));
    return { how: `or ${JSON.stringify(any)} in ${bound.gate}`, expected: dead({}) };
  },
  function notTheOpposite(dice, files) {
    const bound = pickBound(dice, files);
    const condition = opposed(dice, bound);
    if (condition === null) return null;
    addRule({ dice, files, gate: bound.gate }, { not: { any: [condition] } }, severity(dice));
    return { how: `not ${JSON.stringify(condition)} in ${bound.gate}`, expected: dead({}) };
  },
  function datesInARow(dice, files) {
    const sure = dice.pick(SURE_DAYS);
    const days = sure.days - dice.upTo(sure.days + 3);
    const { from, to } = sure;
    addRule(
      { dice, files, gate: sure.gate },
      { all: [fn('days-between', { from, to }, AT_LEAST, days)] },
      severity(dice),
    );
    return { how: `${from} to ${to} at least ${days} days in ${sure.gate}`, expected: dead({}) };
  },
  function tautology(dice, files) {
    const bound = pickBound(dice, files);
    const at = between(dice, bound, bound.type.min + 1, Math.min(bound.type.max - 1, bound.type.min + 40));
    addRule(
      { dice, files, gate: bound.gate },
      { any: [leaf(bound.fact, AT_LEAST, at), leaf(bound.fact, 'lessThan', at)] },
      severity(dice),
    );
    return { how: `${bound.fact} at least or below ${at} in ${bound.gate}`, expected: dead({}) };
  },
  function otherWords(dice, files) {
    const { gate, fact, value, rule } = dice.pick(SURE_WORDS);
    const conditions = dice.pick([
      { all: [leaf(fact, 'notEqual', !value)] },
      { not: leaf(fact, 'equal', !value) },
      { all: [leaf(fact, 'isKnown', true)] },
    ]);
    addRule({ dice, files, gate }, conditions, severity(dice));
    return { how: `${JSON.stringify(conditions)} in ${gate}`, expected: dead({ by: [rule] }) };
  },
  function otherShares(dice, files) {
    const [gate, of] = ['strategy_development.exit', dice.pick(EDW)];
    const most = 60 + dice.upTo(39);
    addRule({ dice, files, gate }, { all: [fn('share', { of, in: EDW }, AT_MOST, most)] }, severity(dice));
    return { how: `share of ${of} at most ${most}`, expected: dead({}) };
  },
  function chainOfNewRules(dice, files) {
    const gate = dice.pick(Object.keys(files.rulebook.gates));
    const dates = dice.some(
      files.facts.facts
        .filter(({ type, owner }) => type.kind === 'date' && owner !== 'engine')
        .map(({ name }) => name),
      3,
      4,
    );
    if (dates.some((name) => SURE_DAYS.some(({ from, to }) => name === from || name === to))) return null;
    const follows = (one: string, other: string) => ({ all: [leaf(other, 'greaterThan', { fact: one })] });
    for (const [i, date] of dates.slice(1).entries()) {
      addRule({ dice, files, gate }, follows(dates[i] ?? '', date), { id: `R9${i + 1}` });
    }
    addRule({ dice, files, gate }, follows(dates[0] ?? '', dates.at(-1) ?? ''), severity(dice));
    return { how: `chain ${dates.join(' < ')} in ${gate}`, expected: dead({ by: ['R91', 'R92'] }) };
  },
  function differenceOfNewRules(dice, files) {
    const gate = dice.pick(Object.keys(files.rulebook.gates));
    const [one, other] = dice.some(
      ['synergy.diamonds', 'ta.candidates', 'plan.actions', 'monitoring.indicators', 'edw.held', 'adw.held'],
      2,
      2,
    );
    const [least, most] = [20 + dice.upTo(30), 1 + dice.upTo(15)];
    addRule({ dice, files, gate }, { all: [leaf(one ?? '', AT_LEAST, least)] }, { id: 'R91' });
    addRule({ dice, files, gate }, { all: [leaf(other ?? '', AT_MOST, most)] }, { id: 'R92' });
    const by = least - most - dice.upTo(5);
    addRule(
      { dice, files, gate },
      { all: [fn('difference', { of: one, minus: other }, AT_LEAST, by)] },
      severity(dice),
    );
    return { how: `${one} - ${other} >= ${by} (${least}, ${most}) in ${gate}`, expected: dead({}) };
  },
];
