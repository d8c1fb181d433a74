import { DomainError } from '../core/terms/domain-error.js';
import { readNews, tellConsequences } from './observe.js';
import { actorFor } from './rehearsal-cast.js';
import type { DetailOf } from './rehearsal-event.js';
import type { RehearsalRun } from './rehearsal-run.js';
import type { ScenarioStep } from './scenario-schema.js';
import { sourceOf, takeStep } from './take-step.js';

/** Takes a step in each of its regions, lets its effects be applied, and tells what came of it. */
export async function playStep(run: RehearsalRun, step: ScenarioStep): Promise<void> {
  const regions = regionsOf(run, step);
  for (const region of regions) {
    const cycleId = run.cycles.get(region);
    if (cycleId === undefined) throw new DomainError('region.not-found', { region });
    await takeStep(run.deps, {
      step,
      events: run.scenario.events,
      region,
      cycleId,
      actor: actorFor(run.cast, step.by, region),
    });
  }
  const { details, hasConsequences } = await readNews(run, regions);
  // First what somebody has done, then the facts that came of it, then what follows by itself.
  const done = details.filter((detail) => detail.type === 'task-ended' && !detail.byItself);
  for (const detail of done) run.tell(detail);
  const facts = factsTold(run, step, regions);
  if (facts !== null) run.tell(facts);
  for (const detail of details) if (!done.includes(detail)) run.tell(detail);
  if (!hasConsequences) return;
  await run.drain();
  await tellConsequences(run, regions);
}

function factsTold(
  { scenario, words }: RehearsalRun,
  step: ScenarioStep,
  regions: readonly string[],
): DetailOf<'facts'> | null {
  if (!('facts' in step) || step.facts === undefined) return null;
  return {
    type: 'facts',
    regions,
    by: step.by,
    event: step.event ?? null,
    // What was said about a task stands with the task.
    note: step.do === 'record-facts' ? (step.note ?? null) : null,
    facts: Object.entries(step.facts).map(([fact, told]) => {
      const definition = words.rulebook.catalogue.get(fact);
      return {
        fact,
        label: definition?.labels.en ?? fact,
        value: told.value,
        precision: definition?.type.kind === 'date' ? (told.precision ?? 'day') : null,
        origin: told.origin,
        source: sourceOf(told, scenario.events),
        note: told.note ?? null,
      };
    }),
  };
}

function regionsOf(run: RehearsalRun, { region }: ScenarioStep): readonly string[] {
  if (region === 'all') return [...run.cycles.keys()];
  return typeof region === 'string' ? [region] : region;
}
