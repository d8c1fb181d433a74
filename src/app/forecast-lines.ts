import type { PointForecast } from '../core/forecast/forecast-answer.js';
import type { SchemeForecast, SyncPointForecast } from '../engine/forecast/read-forecast.js';

const PERCENT = 100;
const GAP = '  ';

/** A forecast as a table for a terminal: a line for each sync point and milestone, with whom it hangs on. */
export function forecastLines(forecast: SchemeForecast): readonly string[] {
  const { scheme, asOf, by, seed, runs, completedSteps } = forecast;
  const rows = [...forecast.points, ...forecast.milestones].map((point) => row(point, by !== null));
  const head = [
    'point',
    'is',
    'one in ten by',
    'half by',
    'nine in ten by',
    ...(by === null ? [] : [`by ${by}`]),
    'critical region',
    'critical stage (gate)',
    'a week there gains',
  ];
  return [
    `${scheme}, as of ${asOf}: ${runs} futures, seed ${seed}, ${completedSteps} completed stages and tasks`,
    '',
    ...table([head, ...rows]),
    ...footnotes(forecast),
  ];
}

function row({ point, outlook, probabilityBy }: SyncPointForecast, hasDay: boolean): readonly string[] {
  const probability = hasDay ? [probabilityBy === null ? '-' : percent(probabilityBy)] : [];
  if (outlook === null) return [point, 'no forecast', '-', '-', '-', ...probability, '-', '-', '-'];
  if (outlook.kind === 'released') {
    return [point, 'released', outlook.on, outlook.on, outlook.on, ...probability, '-', '-', '-'];
  }
  if (outlook.kind !== 'range' && outlook.kind !== 'distribution') {
    return [point, outlook.kind, '-', '-', '-', ...probability, '-', '-', '-'];
  }
  const [member] = outlook.members;
  const [step] = outlook.steps;
  const gained = step?.daysGainedByAWeek ?? null;
  return [
    point,
    outlook.kind,
    outlook.earliestOn ?? 'never',
    medianOf(outlook),
    outlook.latestOn ?? 'never',
    ...probability,
    member === undefined ? '-' : `${member.member} ${percent(member.share)}`,
    step === undefined ? '-' : `${step.step}${step.gate === null ? '' : ` (${step.gate})`}`,
    gained === null ? '-' : `${gained.toFixed(1)} days`,
  ];
}

function medianOf(outlook: PointForecast): string {
  if (outlook.kind !== 'distribution') return '-';
  return outlook.quantiles.find(({ share }) => share === 0.5)?.on ?? 'never';
}

function footnotes({ points, milestones }: SchemeForecast): readonly string[] {
  const all = [...points, ...milestones];
  const ranges = all.flatMap(({ outlook }) => (outlook?.kind === 'range' ? [outlook] : []));
  const [range] = ranges;
  const limits = all.filter((one) => one.limits.length > 0);
  const unknown = all.flatMap(({ point, outlook }) =>
    outlook?.kind === 'unknown'
      ? [`${point}: neither history nor a target for ${outlook.lacking.join(', ')}`]
      : [],
  );
  return [
    ...(range === undefined && limits.length + unknown.length === 0 ? [] : ['']),
    ...(range === undefined
      ? []
      : [
          `A range rests on fewer than ${range.completedStepsNeeded} completed stages and tasks: no probability is given.`,
        ]),
    ...unknown,
    ...limits.map(({ point, limits: codes }) => `${point}: ${codes.join(', ')}`),
  ];
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function percent(share: number): string {
  return `${Math.round(share * PERCENT)} %`;
}
