import { readCall } from '../engine/calls/read-call.js';
import { tellConsequences } from './observe.js';
import type { JointNews } from './joint-news.js';
import type { ActivityStep, CallStep, JointStep } from './joint-step-schema.js';
import { playActivityStep } from './play-activity-step.js';
import { playCallStep } from './play-call-step.js';
import { playProposalStep } from './play-proposal-step.js';
import type { RehearsalRun } from './rehearsal-run.js';
import { tellForecast } from './tell-forecast.js';

/** Takes a joint step, lets its effects be applied, and tells what came of it. */
export async function playJointStep(run: RehearsalRun, step: JointStep): Promise<void> {
  // What was due on the way: a call opens and closes by itself.
  await run.drain();
  const before = await movesSince(run, step);
  const news = await play(run, step);
  await noteStage(run, step);
  run.tell({
    type: 'joint',
    about: news.about,
    kind: news.kind,
    did: step.do,
    event: step.event ?? null,
    lines: [...before, ...news.lines],
    note: step.note ?? null,
  });
  await run.drain();
  await tellConsequences(run, [...run.cycles.keys()]);
}

/** A call opens and closes by itself: what has come of it since it was last told of. */
async function movesSince(run: RehearsalRun, step: JointStep): Promise<readonly string[]> {
  const stage = await stageOf(run, step);
  if (stage === null || !('key' in step)) return [];
  const known = run.jointStages.get(step.key);
  return known === undefined || known === stage ? [] : [`by itself, at the announced instant: -> ${stage}`];
}

/** Remembers where the step has left its call. */
async function noteStage(run: RehearsalRun, step: JointStep): Promise<void> {
  const stage = await stageOf(run, step, true);
  if (stage !== null && 'key' in step) run.jointStages.set(step.key, stage);
}

/** The English name of where the call of a step stands; null where it is about none, or before it is proposed. */
async function stageOf(run: RehearsalRun, step: JointStep, isTaken = false): Promise<string | null> {
  if (!('key' in step) || step.do.endsWith('-activity') || (step.do === 'propose-call' && !isTaken))
    return null;
  const { deps, cast, scheme } = run;
  const { cycle } = await readCall(deps, { actor: cast.coordinator, scheme: scheme.id, key: step.key });
  return deps.catalog.workflow(cycle.workflow).states.get(cycle.stage)?.labels.en ?? cycle.stage;
}

async function play(run: RehearsalRun, step: JointStep): Promise<JointNews> {
  switch (step.do) {
    case 'find-activities':
    case 'propose-activity':
    case 'score-activity':
    case 'confirm-activity':
    case 'advance-activity':
      return playActivityStep(run, step satisfies ActivityStep);
    case 'propose-call':
    case 'agree-theme':
    case 'set-dates':
    case 'set-parts':
    case 'align-call':
    case 'advance-call':
      return playCallStep(run, step satisfies CallStep);
    case 'forecast':
      return tellForecast(run);
    default:
      return playProposalStep(run, step);
  }
}
