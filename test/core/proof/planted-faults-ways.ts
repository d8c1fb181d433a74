import type { ModelSyncPoint } from '../../../src/core/proof/model-check-model.js';
import type { Dice } from '../gates/small-world.js';
import type { ModelFiles, WayFile } from './model-check-fixtures.js';
import { addRule, leaf, type Expected, type Plant } from './planted-faults.js';

interface Way {
  readonly from: string;
  readonly event: string;
  readonly way: WayFile;
}

function waysOf({ workflow }: ModelFiles): readonly Way[] {
  return Object.entries(workflow.states).flatMap(([from, { events }]) =>
    Object.entries(events ?? {}).flatMap(([event, ways]) => ways.map((way) => ({ from, event, way }))),
  );
}

function remove({ workflow }: ModelFiles, { from, event, way }: Way): void {
  const events = workflow.states[from]?.events ?? {};
  const left = (events[event] ?? []).filter((each) => each !== way);
  if (left.length > 0) events[event] = left;
  else delete events[event];
}

function spell({ from, event, way }: Way): string {
  return `${from} ${event} ${way.to}`;
}

function closure(start: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  for (const id of found) for (const other of next(id)) found.add(other);
  return found;
}

/** What is wrong by the drawing alone, all gates taken to open; null: nothing. Not how the checker does it. */
function faultOfDrawing(files: ModelFiles, dice: Dice): Expected | null {
  const ways = waysOf(files);
  const next = (id: string) => ways.flatMap(({ from, way }) => (from === id ? [way.to] : []));
  const reached = closure(['draft'], next);
  const unreached = Object.keys(files.workflow.states).filter((id) => !reached.has(id));
  if (unreached.length > 0 && dice.chance(0.8))
    return { code: 'state.unreachable', params: { state: dice.pick(unreached) } };
  const stranded = [...reached].filter((id) => id !== 'withdrawn' && !closure([id], next).has('closed'));
  const last = stranded.filter((id) =>
    [...closure([id], next)].every((other) => other === 'withdrawn' || closure([other], next).has(id)),
  );
  const [first] = last;
  if (first === undefined) return null;
  const code = closure([first], next).has('withdrawn') ? 'state.only-withdrawal' : 'state.without-exit';
  return { code, params: { states: first } };
}

function plantDrawing(dice: Dice, files: ModelFiles, how: readonly string[]): ReturnType<Plant> {
  const expected = faultOfDrawing(files, dice);
  return expected === null ? null : { how: how.toSorted().join(', '), expected };
}

/** Workflows from which a way was taken. */
export const removedExits: readonly Plant[] = [
  function oneWay(dice, files) {
    const way = dice.pick(waysOf(files));
    remove(files, way);
    return plantDrawing(dice, files, [`without ${spell(way)}`]);
  },
  function severalWays(dice, files) {
    const ways = dice.some(waysOf(files), 2, 5);
    for (const way of ways) remove(files, way);
    return plantDrawing(
      dice,
      files,
      ways.map((way) => `without ${spell(way)}`),
    );
  },
  function anotherTarget(dice, files) {
    const way = dice.pick(waysOf(files).filter(({ event }) => event !== 'withdraw'));
    const targets = ['agenda_setting', 'strategy_development', 'implementation', 'review'];
    const to = dice.pick(targets.filter((id) => id !== way.from && id !== way.way.to));
    const how = `${spell(way)} leads to ${to}`;
    if (files.workflow.states[way.from]?.events?.[way.event]?.some((each) => each.to === to) === true)
      return null;
    way.way.to = to;
    return plantDrawing(dice, files, [how]);
  },
  function noEnd(dice, files) {
    const gone = waysOf(files).filter(({ way }) => way.to === 'withdrawn' || way.to === 'closed');
    const more = dice.some(
      waysOf(files).filter(({ event }) => event === 'send-back' || event === 'advance'),
      0,
      2,
    );
    const kept = dice.chance(0.5) ? null : dice.pick(gone);
    const ways = [...gone.filter((way) => way !== kept), ...more];
    for (const way of ways) remove(files, way);
    return plantDrawing(
      dice,
      files,
      ways.map((way) => `without ${spell(way)}`),
    );
  },
];

const ALL = ['DE1', 'DE2', 'AT32', 'AT31', 'CH022', 'FRC2', 'ITC4', 'ITC1', 'ITH3', 'ITH2', 'SI0'];

/** Gates on the way to a state, in their order. */
const GATES_BEFORE: Readonly<Record<string, readonly string[]>> = {
  strategy_development: ['agenda_setting.exit'],
  implementation: ['agenda_setting.exit', 'strategy_development.exit'],
  review: ['agenda_setting.exit', 'strategy_development.exit', 'implementation.exit'],
};

/** A sync point on entering a state. */
function pointOn(dice: Dice, state: string, more: Partial<ModelSyncPoint> & { id: string }): ModelSyncPoint {
  const isQuorum = dice.chance(0.5);
  return {
    milestone: `${state.replaceAll('_', '-')}-entered`,
    members: ALL,
    rule: isQuorum ? { kind: 'k-of-n', k: dice.pick([3, 7, 9]) } : { kind: 'all' },
    deadline: { on: null, policy: dice.pick(['hold', 'release', 'escalate'] as const) },
    leaver: dice.pick(['shrink', 'hold'] as const),
    releases: [],
    ...more,
  };
}

/** A new fact that somebody records, or that Cordata gives. */
function addFact(dice: Dice, files: ModelFiles, name: string): string {
  const [first] = files.facts.facts;
  if (first === undefined) throw new Error('the catalogue is empty');
  const owner = dice.pick(['engine', 'coordinator', 'regional_authority']);
  files.facts.facts.push({ ...first, name, type: { kind: 'boolean' }, owner, scope: 'cycle' });
  return name;
}

const stuck = (syncPoint: string, waitsFor: readonly string[]): Expected => ({
  code: 'sync-point.waits-for-itself',
  params: { syncPoint, waitsFor },
});

const short = (syncPoint: string): Expected => ({
  code: 'sync-point.members-cannot-arrive',
  params: { syncPoint },
});

const pickState = (dice: Dice) => dice.pick(Object.keys(GATES_BEFORE));

/** Sync points that are never released, most of them because they wait for what they release. */
export const selfWaitingBarriers: readonly Plant[] = [
  function newFactBehindOwnRelease(dice, files) {
    const state = pickState(dice);
    const gate = dice.pick(GATES_BEFORE[state] ?? []);
    const fact = addFact(dice, files, `sync.released_${dice.upTo(100)}`);
    const condition = dice.pick([leaf(fact, 'equal', true), leaf(fact, 'isKnown', true)]);
    addRule({ dice, files, gate }, { all: [condition] });
    files.syncPoints.push(pointOn(dice, state, { id: 'X1', releases: [{ effect: 'enable', fact }] }));
    return { how: `${fact} ${condition.operator} in ${gate} before ${state}`, expected: stuck('X1', ['X1']) };
  },
  function knownFactBehindOwnRelease(dice, files) {
    const [fact, gate] = dice.pick([
      ['synergy.diamonds', 'agenda_setting.exit'],
      ['evidence.bottleneck_analysis_on', 'agenda_setting.exit'],
      ['stresstest.responses.civil', 'agenda_setting.exit'],
      ['gov.mandate_signed_on', 'agenda_setting.exit'],
      ['edw.held', 'strategy_development.exit'],
      ['approval.reference', 'strategy_development.exit'],
      ['ta.lowest_mean', 'strategy_development.exit'],
      ['adw.held', 'implementation.exit'],
      ['reporting.periods_closed', 'implementation.exit'],
    ] as const);
    const states = Object.entries(GATES_BEFORE).filter(([, gates]) => gates.includes(gate));
    const [state] = dice.pick(states);
    files.syncPoints.push(pointOn(dice, state, { id: 'X1', releases: [{ effect: 'enable', fact }] }));
    return { how: `${fact} before ${state}`, expected: stuck('X1', ['X1']) };
  },
  function circleOfPoints(dice, files) {
    const count = 2 + dice.upTo(2);
    const states = Array.from({ length: count }, () => pickState(dice));
    const facts = states.map((_, i) => addFact(dice, files, `sync.step_${i}`));
    const ids = states.map((_, i) => `X${i + 1}`);
    const gates = states.map((state) => dice.pick(GATES_BEFORE[state] ?? []));
    // The release of each enables what the gate before the next one asks; the last one is before the first.
    for (const [i, state] of states.entries()) {
      addRule(
        { dice, files, gate: gates[i] ?? '' },
        { all: [leaf(facts[i] ?? '', 'equal', true)] },
        { id: `R9${i}` },
      );
      const fact = facts[(i + 1) % count] ?? '';
      files.syncPoints.push(
        pointOn(dice, state, { id: ids[i] ?? '', releases: [{ effect: 'enable', fact }] }),
      );
    }
    const how = `circle ${states.map((state, i) => `${state}/${gates[i]}`).join(' ')}`;
    return { how, expected: stuck(dice.pick(ids), []) };
  },
  function milestoneOfOwnFact(dice, files) {
    const [milestone, fact] = dice.pick([
      ['stress-test-closed', 'stresstest.closed_on'],
      ['strategy-decided', 'approval.regional_decision_on'],
    ] as const);
    const how = `${milestone} ${dice.upTo(1000)}`;
    files.syncPoints.push(
      pointOn(dice, 'review', { id: 'X1', milestone, releases: [{ effect: 'enable', fact }] }),
    );
    return { how, expected: stuck('X1', ['X1']) };
  },
  function milestoneOfOwnRelease(dice, files) {
    const state = pickState(dice);
    const point = pointOn(dice, state, { id: 'X1' });
    files.syncPoints.push({ ...point, releases: [{ effect: 'enable', milestone: point.milestone }] });
    return { how: `${state} by release ${JSON.stringify(point.rule)}`, expected: stuck('X1', ['X1']) };
  },
  function milestonesOfEachOther(dice, files) {
    const [one = '', other = ''] = dice.some(Object.keys(GATES_BEFORE), 2, 2);
    const [first, second] = [pointOn(dice, one, { id: 'X1' }), pointOn(dice, other, { id: 'X2' })];
    files.syncPoints.push(
      { ...first, releases: [{ effect: 'enable', milestone: second.milestone }] },
      { ...second, releases: [{ effect: 'enable', milestone: first.milestone }] },
    );
    return {
      how: `${one} and ${other} ${dice.upTo(10)}`,
      expected: stuck(dice.pick(['X1', 'X2']), ['X1', 'X2']),
    };
  },
  function tooFewOfAClass(dice, files) {
    const state = pickState(dice);
    const gate = dice.pick(GATES_BEFORE[state] ?? []);
    const word = dice.pick(['advanced', 'convergence']);
    addRule({ dice, files, gate }, { all: [leaf('region.class', 'notEqual', word)] });
    files.syncPoints.push(
      pointOn(dice, state, {
        id: 'X1',
        rule: dice.chance(0.5) ? { kind: 'all' } : { kind: 'k-of-n', k: 10 },
      }),
    );
    return { how: `no ${word} through ${gate} to ${state}`, expected: short('X1') };
  },
  function tooFewOfACountry(dice, files) {
    const state = pickState(dice);
    const gate = dice.pick(GATES_BEFORE[state] ?? []);
    const gone = dice.some(['DE', 'FR', 'CH', 'SI'], 1, 3);
    addRule({ dice, files, gate }, { all: [leaf('region.country', 'notIn', gone)] });
    files.syncPoints.push(pointOn(dice, state, { id: 'X1', rule: { kind: 'all' } }));
    return { how: `not ${gone.toSorted().join(' ')} through ${gate} to ${state}`, expected: short('X1') };
  },
  function stateOutOfReach(dice, files) {
    const state = pickState(dice);
    for (const way of waysOf(files)) if (way.way.to === state) remove(files, way);
    files.syncPoints.push(pointOn(dice, state, { id: 'X1' }));
    return { how: `no way to ${state} ${dice.upTo(3)}`, expected: short('X1') };
  },
  function factOfNobody(dice, files) {
    const fact = `derived.thing_${dice.upTo(100)}`;
    const [first] = files.facts.facts;
    if (first === undefined) return null;
    files.facts.facts.push({ ...first, name: fact, type: { kind: 'date' }, owner: 'engine', scope: 'cycle' });
    files.workflow.milestones['thing-known'] = { labels: first.labels, reachedBy: { fact } };
    files.syncPoints.push(pointOn(dice, 'review', { id: 'X1', milestone: 'thing-known' }));
    return { how: `milestone of ${fact}`, expected: short('X1') };
  },
];
