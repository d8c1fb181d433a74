import { addRule, fn, leaf, NEW_RULE, type Expected, type Plant } from './planted-faults.js';
import {
  AT_LEAST,
  SURE_DAYS,
  SURE_WORDS,
  EDW,
  severity,
  pickBound,
  opposed,
  several,
  sum,
  factsOf,
  between,
} from './planted-faults-bounds.js';

const against = (rule: string, regions?: readonly string[]): Expected => ({
  code: 'rules.contradict',
  params: { rules: [NEW_RULE, rule] },
  ...(regions === undefined ? {} : { regions }),
});

/** Pairs of rules of which only one can be kept. */
export const contradictions: readonly Plant[] = [
  function opposedThreshold(dice, files) {
    const bound = pickBound(dice, files);
    const condition = opposed(dice, bound);
    if (condition === null) return null;
    addRule({ dice, files, gate: bound.gate }, { all: [condition] }, severity(dice));
    return { how: `${JSON.stringify(condition)} in ${bound.gate}`, expected: against(bound.rule) };
  },
  function sumTooSmall(dice, files) {
    const bounds = several(dice, files, true);
    const most = Math.floor(sum(bounds)) - dice.upTo(3);
    if (bounds.length < 2 || most < 1) return null;
    addRule(
      { dice, files, gate: bounds[0]?.gate ?? '' },
      { all: [fn('sum', { of: factsOf(bounds) }, 'lessThan', most)] },
      severity(dice),
    );
    return {
      how: `sum ${factsOf(bounds).join()} < ${most} in ${bounds[0]?.gate}`,
      expected: against(bounds[0]?.rule ?? ''),
    };
  },
  function datesTooClose(dice, files) {
    const sure = dice.pick(SURE_DAYS);
    if (sure.rule === null) return null;
    const days = sure.days - dice.upTo(40);
    const { from, to, gate, rule } = sure;
    addRule(
      { dice, files, gate },
      { all: [fn('days-between', { from, to }, 'lessThan', days)] },
      severity(dice),
    );
    return { how: `${from} to ${to} below ${days} days in ${gate}`, expected: against(rule) };
  },
  function tooOld(dice, files) {
    const days = 740 + dice.upTo(900);
    const condition = fn(
      'days-between',
      { from: 'evidence.bottleneck_analysis_on', to: 'today' },
      AT_LEAST,
      days,
    );
    addRule({ dice, files, gate: 'agenda_setting.exit' }, { all: [condition] }, severity(dice));
    return { how: `bottleneck analysis ${days} days old`, expected: against('R02') };
  },
  function opposedWords(dice, files) {
    const { gate, fact, value, rule } = dice.pick(SURE_WORDS);
    const conditions = dice.pick([
      { all: [leaf(fact, 'equal', !value)] },
      { all: [leaf(fact, 'notEqual', value)] },
      { not: leaf(fact, 'equal', value) },
    ]);
    addRule({ dice, files, gate }, conditions, severity(dice));
    return { how: `${JSON.stringify(conditions)} in ${gate}`, expected: against(rule) };
  },
  function sharesOverTheTop(dice, files) {
    const of = dice.pick(EDW);
    const more = of.endsWith('business')
      ? dice.pick([
          ['lessThan', 30 - dice.upTo(25)],
          ['greaterThan', 60 + dice.upTo(30)],
        ] as const)
      : (['greaterThan', 60 + dice.upTo(30)] as const);
    addRule(
      { dice, files, gate: 'strategy_development.exit' },
      { all: [fn('share', { of, in: EDW }, more[0], more[1])] },
      severity(dice),
    );
    return { how: `share of ${of} ${more.join(' ')}`, expected: against('R09') };
  },
  function notTheWholeRule(dice, files) {
    const [gate, { rules }] = dice.pick(Object.entries(files.rulebook.gates));
    const chosen = dice.pick(rules);
    const base = files.rulebook.rules.find(({ id }) => id === chosen);
    if (base?.severity !== 'block') return null;
    const { parameters, conditions } = structuredClone(base);
    addRule({ dice, files, gate }, { not: conditions }, { parameters, ...severity(dice) });
    return { how: `not ${base.id} in ${gate}`, expected: against(base.id) };
  },
  function inOneClassOnly(dice, files) {
    const bound = pickBound(dice, files);
    const condition = opposed(dice, bound);
    const word = dice.pick(['advanced', 'convergence']);
    if (condition === null) return null;
    addRule({ dice, files, gate: bound.gate }, { any: [leaf('region.class', 'notEqual', word), condition] });
    const regions = word === 'advanced' ? ['DE1'] : ['FRC2', 'SI0'];
    return {
      how: `${JSON.stringify(condition)} for ${word} in ${bound.gate}`,
      expected: against(bound.rule, regions),
    };
  },
  function belowEachClass(dice, files) {
    const bound = pickBound(dice, files, 'least');
    if (bound.value <= bound.type.min + 1) return null;
    const classes = ['advanced', 'convergence', 'less_advanced'];
    const values = Object.fromEntries(
      classes.map((word) => [word, between(dice, bound, bound.type.min + 1, bound.value)]),
    );
    const parameters = { some_max: { by: 'region.class', values, unit: 'of them' } };
    const value = { fact: 'parameter', params: { name: 'some_max' } };
    addRule(
      { dice, files, gate: bound.gate },
      { all: [leaf(bound.fact, 'lessThan', value)] },
      { parameters, ...severity(dice) },
    );
    return {
      how: `below by class ${bound.fact} ${JSON.stringify(values)} in ${bound.gate}`,
      expected: against(bound.rule),
    };
  },
];
