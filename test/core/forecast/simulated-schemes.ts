import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { makeWorkingCalendar, type WorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import type { CompletedStep, StepKind } from '../../../src/core/forecast/completed-step.js';
import { CALENDAR_DAYS, workingDayCounter } from '../../../src/core/forecast/day-counter.js';
import type {
  ForecastQuestion,
  ForecastStep,
  StepState,
} from '../../../src/core/forecast/forecast-question.js';
import { randomStream, type RandomStream } from '../../../src/core/forecast/random-stream.js';
import { normalQuantile } from '../../../src/core/forecast/standard-normal.js';
import { day } from '../calendar/calendar-fixtures.js';

export const CALENDAR: WorkingCalendar = makeWorkingCalendar({
  id: 'weekends',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: [day('2017-05-01'), day('2017-06-05'), day('2017-06-15'), day('2017-12-25')],
  coveredYears: { first: 2010, last: 2040 },
});

const BEGIN = toDayNumber(day('2016-11-01'));
const REGIONS_PER_CLASS = 4;
const CLASSES = ['advanced', 'convergence'] as const;
const KINDS: readonly StepKind[] = [
  { id: 'agenda_setting', gate: 'agenda_setting.exit', counts: 'working-days', targetDays: 90 },
  { id: 'strategy_development', gate: 'strategy_development.exit', counts: 'working-days', targetDays: 130 },
  { id: 'call', gate: null, counts: 'calendar-days', targetDays: 60 },
];

/** A scheme of which is known how it goes on: what a forecast of it is asked, and what really comes. */
export interface SimulatedScheme {
  readonly question: ForecastQuestion;
  /** Day number. */
  readonly release: number;
  readonly bottleneck: string | null;
}

/** A length of median 1, by the shape of its distribution and its spread. */
type Shape = (random: RandomStream, spread: number) => number;

const SHAPES: readonly Shape[] = [
  (random, spread) => Math.exp(spread * normalQuantile(random())),
  // As the last one a bit early and never very late: a triangle from 1 - spread to 1 + 2 spread with its top at 1.
  (random, spread) => triangle(random(), Math.max(0.1, 1 - 1.2 * spread), 1 + 2.2 * spread),
  // A third of the cases is sent back once and takes half as long again.
  (random, spread) => Math.exp(0.7 * spread * normalQuantile(random())) * (random() < 1 / 3 ? 1 + spread : 1),
];

/**
 * Eight regions of two classes on the way through two stages and a call phase, with a sync point at its end. Lengths
 * come from distributions that the forecast does not know: the shape is one of three, the spread, how far the targets
 * are missed, and the pace of each class and region are drawn for each scheme.
 *
 * @param planted whether one region takes four times as long for one stage, as its own history shows
 */
export function simulateScheme(seed: number, planted: boolean): SimulatedScheme {
  const random = randomStream(seed, 'truth');
  const uniform = (from: number, to: number) => from + (to - from) * random();
  const normal = (spread: number) => Math.exp(spread * normalQuantile(random()));
  const regions = CLASSES.flatMap((name) =>
    Array.from({ length: REGIONS_PER_CLASS }, (_, index) => ({ id: `${name}-${index}`, class: name })),
  );
  const planting = planted
    ? { region: pick(regions, random).id, kind: pick(KINDS.slice(0, 2), random).id }
    : null;
  const lengths = new Map<string, () => number>();
  for (const kind of KINDS) {
    const shape = pick(SHAPES, random);
    const spread = uniform(0.3, 0.7);
    const miss = normal(0.3);
    for (const name of CLASSES) {
      const pace = miss * normal(0.15);
      for (const region of regions.filter((one) => one.class === name)) {
        const isPlanted = planting?.region === region.id && planting.kind === kind.id;
        const median = (kind.targetDays ?? 1) * pace * normal(0.2) * (isPlanted ? 5 : 1);
        lengths.set(`${region.id}/${kind.id}`, () => Math.max(1, Math.round(median * shape(random, spread))));
      }
    }
  }
  const length = (id: string) => lengths.get(id)?.() ?? 1;
  const completed: CompletedStep[] = [];
  for (const region of regions) {
    for (const kind of KINDS) {
      const times = planted ? 4 : Math.floor(uniform(0, 4));
      for (let time = 0; time < times; time += 1) {
        completed.push({
          region: region.id,
          class: region.class,
          kind: kind.id,
          days: length(`${region.id}/${kind.id}`),
        });
      }
    }
  }

  const asOf = BEGIN + Math.floor(planted ? 5 : uniform(5, 250));
  const steps: ForecastStep[] = [];
  const ends: number[] = [];
  for (const region of regions) {
    let begin = BEGIN + Math.floor(planted ? 0 : uniform(0, 60));
    KINDS.forEach((kind, index) => {
      const id = `${region.id}/${kind.id}`;
      const days = length(id);
      const counter = kind.counts === 'calendar-days' ? CALENDAR_DAYS : workingDayCounter(CALENDAR);
      const end = counter.after(begin, days);
      if (end <= asOf) completed.push({ region: region.id, class: region.class, kind: kind.id, days });
      steps.push({
        id,
        region: region.id,
        class: region.class,
        kind: kind.id,
        calendar: kind.counts === 'calendar-days' ? null : CALENDAR,
        after: index === 0 ? [] : [`${region.id}/${KINDS[index - 1]?.id}`],
        notBefore: begin > asOf && index === 0 ? fromDayNumber(begin) : null,
        state: stateOn(asOf, begin, end),
      });
      begin = end;
    });
    ends.push(begin);
  }
  const needed = planted ? regions.length : Math.floor(uniform(3, regions.length + 1));
  const release = ends.toSorted((one, other) => one - other)[needed - 1] ?? 0;
  const question: ForecastQuestion = {
    asOf: fromDayNumber(asOf),
    seed,
    kinds: KINDS,
    completed,
    steps,
    points: [
      {
        id: 'S7',
        call: null,
        arrivals: regions.map(({ id }) => ({ member: id, step: `${id}/call` })),
        holds: (arrived) => arrived.length >= needed,
        releasesAtLatestOn: null,
        releasedOn: null,
      },
    ],
  };
  return { question, release, bottleneck: planting && `${planting.region}/${planting.kind}` };
}

function stateOn(asOf: number, begin: number, end: number): StepState {
  if (end <= asOf) return { is: 'done', on: fromDayNumber(end) };
  return begin <= asOf ? { is: 'open', since: fromDayNumber(begin) } : { is: 'waiting' };
}

function pick<Item>(items: readonly Item[], random: RandomStream): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** A triangular length between `low` and `high` with its top at 1. */
function triangle(p: number, low: number, high: number): number {
  const top = (1 - low) / (high - low);
  return p < top
    ? low + Math.sqrt(p * (high - low) * (1 - low))
    : high - Math.sqrt((1 - p) * (high - low) * (high - 1));
}
