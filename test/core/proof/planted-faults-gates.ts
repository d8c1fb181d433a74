import type { Dice } from '../gates/small-world.js';
import type { ModelFiles } from './model-check-fixtures.js';
import { addRule, fn, leaf, NEW_RULE, PLANTED_REGIONS, type Expected, type Plant } from './planted-faults.js';
import { AT_LEAST, AT_MOST, EDW, pickBound, between } from './planted-faults-bounds.js';

const shut = (
  gate: string,
  rules: readonly string[] = [NEW_RULE],
  regions?: readonly string[],
): Expected => ({
  code: 'gate.unsatisfiable',
  params: { gate, rules },
  ...(regions === undefined ? {} : { regions }),
});

function pickGate(dice: Dice, files: ModelFiles): string {
  return dice.pick(Object.keys(files.rulebook.gates));
}

function freeDates(dice: Dice, files: ModelFiles, count: number): readonly string[] {
  const dates = files.facts.facts.filter(({ type, owner }) => type.kind === 'date' && owner !== 'engine');
  return dice.some(
    dates.map(({ name }) => name),
    count,
    count,
  );
}

/** Gates that nothing opens. */
export const unsatisfiableGates: readonly Plant[] = [
  function emptyRange(dice, files) {
    const bound = pickBound(dice, files);
    const gate = pickGate(dice, files);
    const at = between(dice, bound, bound.type.min + 2, Math.min(bound.type.max - 1, bound.type.min + 60));
    const below = bound.type.kind === 'integer' ? at + dice.upTo(2) : at;
    const conditions = {
      all: [
        leaf(bound.fact, bound.type.kind === 'integer' && below > at ? 'greaterThan' : AT_LEAST, at),
        leaf(bound.fact, 'lessThan', below),
      ],
    };
    addRule({ dice, files, gate }, conditions);
    return { how: `${bound.fact} from ${at} below ${below} in ${gate}`, expected: shut(gate) };
  },
  function circleOfDates(dice, files) {
    const gate = pickGate(dice, files);
    const dates = freeDates(dice, files, 2 + dice.upTo(3));
    const parts = dates.map((date, i) =>
      leaf(date, dice.pick(['greaterThan', 'greaterThan', AT_LEAST]), {
        fact: dates[(i + 1) % dates.length],
      }),
    );
    if (parts.every(({ operator }) => operator === AT_LEAST)) return null;
    addRule({ dice, files, gate }, { all: parts });
    return { how: `circle ${JSON.stringify(parts)} in ${gate}`, expected: shut(gate) };
  },
  function factOfNobody(dice, files) {
    const gate = pickGate(dice, files);
    const name = `derived.thing_${dice.upTo(1000)}`;
    const [first] = files.facts.facts;
    if (first === undefined) return null;
    const type = dice.pick([{ kind: 'boolean' }, { kind: 'integer', min: 0, max: 100, unit: 'things' }]);
    files.facts.facts.push({ ...first, name, type, owner: 'engine', scope: 'cycle' });
    addRule(
      { dice, files, gate },
      {
        all: [type.kind === 'boolean' ? leaf(name, 'equal', true) : leaf(name, AT_LEAST, 1 + dice.upTo(90))],
      },
    );
    return { how: `${name} (${type.kind}) in ${gate}`, expected: shut(gate) };
  },
  function threeRules(dice, files) {
    const gate = pickGate(dice, files);
    const [one = '', other = ''] = dice.some(
      [
        'synergy.diamonds',
        'ta.candidates',
        'plan.actions',
        'monitoring.indicators',
        'fields.predetermined',
        'adw.held',
      ],
      2,
      2,
    );
    const [a, b] = [10 + dice.upTo(40), 10 + dice.upTo(40)];
    addRule({ dice, files, gate }, { all: [leaf(one, AT_LEAST, a)] }, { id: 'R91' });
    addRule({ dice, files, gate }, { all: [leaf(other, AT_LEAST, b)] }, { id: 'R92' });
    const most = a + b - dice.upTo(8);
    addRule({ dice, files, gate }, { all: [fn('sum', { of: [one, other] }, 'lessThan', most)] });
    const rules = one === 'fields.predetermined' || other === 'fields.predetermined' ? [] : [NEW_RULE];
    return { how: `${one} >= ${a}, ${other} >= ${b}, sum < ${most} in ${gate}`, expected: shut(gate, rules) };
  },
  function inOneClassOnly(dice, files) {
    const gate = pickGate(dice, files);
    const [one = '', other = ''] = freeDates(dice, files, 2);
    const word = dice.pick(['advanced', 'convergence']);
    const circle = {
      all: [leaf(one, 'greaterThan', { fact: other }), leaf(other, 'greaterThan', { fact: one })],
    };
    addRule({ dice, files, gate }, { any: [{ not: leaf('region.class', 'equal', word) }, circle] });
    return {
      how: `${one} and ${other} for ${word} in ${gate}`,
      expected: shut(gate, [NEW_RULE], word === 'advanced' ? ['DE1'] : ['FRC2', 'SI0']),
    };
  },
  function forAnotherCountry(dice, files) {
    const gate = pickGate(dice, files);
    const here = dice.some(['AT', 'DE', 'FR', 'CH', 'SI'], 0, 2);
    addRule({ dice, files, gate }, { all: [leaf('region.country', 'in', ['LI', ...here])] });
    const regions = PLANTED_REGIONS.filter((nuts) => !here.includes(nuts.slice(0, 2)));
    return {
      how: `only in LI ${here.toSorted().join(' ')} in ${gate}`,
      expected: shut(gate, [NEW_RULE], regions),
    };
  },
  function moreWorkingDaysThanDays(dice, files) {
    const gate = pickGate(dice, files);
    const [from, to] = freeDates(dice, files, 2);
    const days = 2 + dice.upTo(40);
    const calendar = dice.pick(['own', 'neighbours']);
    addRule(
      { dice, files, gate },
      {
        all: [
          fn('working-days-between', { from, to, calendar }, AT_LEAST, days),
          fn('days-between', { from, to }, 'lessThan', days),
        ],
      },
    );
    return { how: `${from} to ${to}: ${days} working days (${calendar}) in ${gate}`, expected: shut(gate) };
  },
  function oldAndYoung(dice, files) {
    const gate = pickGate(dice, files);
    const [from] = freeDates(dice, files, 1);
    const months = 1 + dice.upTo(30);
    const days = months * 31 + dice.upTo(60);
    addRule(
      { dice, files, gate },
      {
        all: [
          fn('days-between', { from, to: 'today' }, 'greaterThan', days),
          fn('months-between', { from, to: 'today' }, AT_MOST, months),
        ],
      },
    );
    return {
      how: `${from} over ${days} days and up to ${months} months old in ${gate}`,
      expected: shut(gate),
    };
  },
  function beforeTheBeginning(dice, files) {
    const gate = pickGate(dice, files);
    const [from = ''] = freeDates(dice, files, 1);
    const year = 2005 + dice.upTo(8);
    addRule(
      { dice, files, gate },
      {
        all: [
          leaf(from, 'lessThan', `${year}-01-01`),
          fn('months-between', { from, to: 'today' }, AT_MOST, 24 + dice.upTo(12)),
        ],
      },
    );
    return { how: `${from} before ${year} and not old in ${gate}`, expected: shut(gate) };
  },
  function twoHalvesAndMore(dice, files) {
    const gate = pickGate(dice, files);
    const [one = '', other = ''] = dice.some(EDW, 2, 2);
    const least = 45 + dice.upTo(20);
    const most = 101 - least + dice.upTo(10);
    const group = dice.chance(0.5) ? EDW : [one, other];
    addRule(
      { dice, files, gate },
      {
        all: [
          fn('share', { of: one, in: group }, AT_LEAST, least),
          fn('share', { of: other, in: group }, AT_LEAST, most),
        ],
      },
    );
    return {
      how: `${one} ${least} % and ${other} ${most} % of ${group.length} in ${gate}`,
      expected: shut(gate),
    };
  },
  function meanOutOfReach(dice, files) {
    const gate = pickGate(dice, files);
    const [score, block] = dice.pick([
      ['stresstest.score.agenda_setting', 'stresstest.block.1'],
      ['stresstest.score.implementation', 'stresstest.block.5'],
      ['stresstest.second.score.strategy_development', 'stresstest.second.block.4'],
    ] as const);
    const least = 60 + dice.upTo(39);
    const most = 2 * least - 100 - dice.pick([0.5, 1, 7.5]);
    if (most <= 0) return null;
    addRule({ dice, files, gate }, { all: [leaf(score, AT_LEAST, least), leaf(block, AT_MOST, most)] });
    return { how: `${score} >= ${least} with ${block} <= ${most} in ${gate}`, expected: shut(gate) };
  },
];
