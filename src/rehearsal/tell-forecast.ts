import type { PointForecast } from '../core/forecast/forecast-answer.js';
import { readForecast } from '../engine/forecast/read-forecast.js';
import type { JointNews } from './joint-news.js';
import type { RehearsalRun } from './rehearsal-run.js';

const PER_CENT = 100;

/** Looks ahead to every sync point that is still shut, from where the scheme stands. */
export async function tellForecast(run: RehearsalRun): Promise<JointNews> {
  const forecast = await readForecast(run.deps, { scheme: run.scheme.id, at: null, by: null, seed: null });
  const ahead = [...forecast.points, ...forecast.milestones].filter(
    ({ outlook }) => outlook?.kind !== 'released',
  );
  return {
    about: null,
    kind: 'forecast',
    lines: [
      `${forecast.runs} futures, seed ${forecast.seed}, from ${forecast.completedSteps} completed stages and tasks`,
      ...ahead.map(({ point, outlook, limits }) => `${point}: ${outlookText(outlook, limits.length)}`),
    ],
  };
}

function outlookText(outlook: PointForecast | null, limits: number): string {
  if (outlook === null) return `its rule cannot be looked ahead to (${limits} limits)`;
  switch (outlook.kind) {
    case 'released':
      return `released on ${outlook.on}`;
    case 'unreachable':
      return 'cannot be reached';
    case 'unknown':
      return `not known: neither history nor a target for ${outlook.lacking.join(', ')}`;
    case 'range':
      return `between ${outlook.earliestOn ?? 'never'} and ${outlook.latestOn ?? 'never'} (too little history for more)`;
    case 'distribution': {
      const median = outlook.quantiles.find(({ share }) => share === 0.5)?.on ?? 'never';
      const [last] = outlook.members;
      const [step] = outlook.steps;
      const critical =
        last === undefined
          ? ''
          : `; most often last: ${last.member} (${Math.round(last.share * PER_CENT)} %)`;
      const waiting = step === undefined ? '' : `, waiting for ${step.kind} of ${step.region}`;
      return `${outlook.earliestOn ?? 'never'} to ${outlook.latestOn ?? 'never'}, median ${median}${critical}${waiting}`;
    }
  }
}
