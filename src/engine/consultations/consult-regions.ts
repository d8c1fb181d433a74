import { dayAfter } from '../../core/calendar/delay.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { parameterValue } from '../../core/gates/regional-value.js';
import type { Actor } from '../../core/terms/actor.js';
import { consultationLabels } from '../../core/terms/consultation-labels.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { pointerTo } from '../../core/terms/problem.js';
import { addTaskComment } from '../../store/task-comment-store.js';
import { listOpenTasks, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace } from '../tasks/acting-place.js';
import { openTask } from '../tasks/open-task.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { consultationView, type Consultation } from './consultation-view.js';
import { countOf, NEIGHBOUR_FACTS, recordNeighbourFacts } from './neighbour-facts.js';

/** The longest time to answer: about a year of working days. */
export const ANSWER_WORKING_DAYS_MAX = 250;

/** Parameter of the rule on the neighbours that says how long the region waits for them. */
const WAITING_PARAMETER = 'waiting_working_days_min';

/** What the tasks of one asking are about: the ladder of this name, if there is one, is theirs. */
const REFERENCE = 'neighbours';

export interface ConsultationWish {
  readonly cycleId: string;
  /** NUTS codes; null: the region's neighbours in the scheme. */
  readonly regions: readonly string[] | null;
  /** What is asked; null: nothing beyond the draft itself. */
  readonly question: string | null;
  /** Null: as long as the rulebook has a region wait for its neighbours; without such a rule, without a day. */
  readonly answerWithinWorkingDays: number | null;
}

/**
 * Asks other regions of the scheme for their answer to a region's draft priorities (R18). Each gets a task of its own,
 * due in its own calendar, and is told in its own language; that they were asked, and when, is recorded as facts of
 * the cycle that asks.
 *
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`, `version.stale`, `cycle.ended`, `event.not-possible`
 *   while the cycle rests, `region.not-found`, `consultation.nobody`, `task.exists` for a region whose answer is still
 *   awaited: then nobody is asked
 */
export async function consultRegions(
  deps: EngineDeps,
  command: CommandContext & ConsultationWish,
): Promise<readonly Consultation[]> {
  const { actor, question } = command;
  requireRole(actor, ['coordinator', 'authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, actor, command.cycleId, command.expectedVersion);
    refuseUnlessActive(cycle);
    const picture = await takePicture(deps, tx, cycle, now);
    const regions = regionsToAsk(picture, command.regions);
    await refuseTwice(tx, picture, regions);

    const workingDays = command.answerWithinWorkingDays ?? waitingDays(picture);
    const tasks: TaskRow[] = [];
    for (const region of regions) {
      const task = await ask(deps, tx, picture, { region, workingDays });
      await tell(deps, tx, picture, { task, actor, question });
      tasks.push(task);
    }
    await recordNeighbourFacts(deps, tx, actor, {
      picture,
      facts: {
        [NEIGHBOUR_FACTS.asked]: countOf(picture, NEIGHBOUR_FACTS.asked) + tasks.length,
        [NEIGHBOUR_FACTS.notifiedOn]: picture.today,
      },
      evidence: `consultation of ${regions.join(', ')}`,
    });
    const views: Consultation[] = [];
    for (const task of tasks) views.push(await consultationView(tx, task));
    return views;
  });
}

function refuseUnlessActive({ id, status, stage }: CyclePicture['cycle']): void {
  if (status === 'closed' || status === 'withdrawn')
    throw new DomainError('cycle.ended', { cycle: id, status });
  if (status !== 'active') throw new DomainError('event.not-possible', { stage, status, possible: [] });
}

function regionsToAsk(
  { region: asking, regions }: CyclePicture,
  wanted: readonly string[] | null,
): readonly string[] {
  const known = new Set(regions.map(({ nuts }) => nuts));
  for (const [index, region] of (wanted ?? []).entries()) {
    if (!known.has(region)) {
      throw new DomainError('region.not-found', { pointer: pointerTo('/regions', index), region });
    }
  }
  const asked = new Set((wanted ?? asking.neighbours).filter((nuts) => known.has(nuts)));
  const refusal = (reason: string) => new DomainError('consultation.nobody', { pointer: '/regions', reason });
  if (asked.has(asking.nuts)) throw refusal('A region does not ask itself.');
  if (asked.size === 0) throw refusal('The region has no neighbours in the scheme; name whom to ask.');
  return [...asked];
}

async function refuseTwice(tx: Tx, { cycle }: CyclePicture, regions: readonly string[]): Promise<void> {
  const open = await listOpenTasks(tx, cycle.id);
  const twice = open.find(
    ({ kind, actingRegion }) => kind === 'consultation' && regions.includes(actingRegion),
  );
  if (twice !== undefined)
    throw new DomainError('task.exists', { task: twice.id, region: twice.actingRegion });
}

/** How long the cycle's rulebook has a region wait for the answers of its neighbours; null: it does not say. */
function waitingDays({ rulebook, context }: CyclePicture): number | null {
  for (const { factNames, parameters } of rulebook.rules.values()) {
    const parameter = parameters.get(WAITING_PARAMETER);
    if (parameter === undefined || !factNames.includes(NEIGHBOUR_FACTS.answered)) continue;
    const found = parameterValue(parameter, context.facts);
    if ('value' in found && typeof found.value === 'number') return found.value;
  }
  return null;
}

async function ask(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { region, workingDays }: { readonly region: string; readonly workingDays: number | null },
): Promise<TaskRow> {
  const { calendar, zone } = actingPlace(picture, region);
  const target = workingDays === null ? null : { workingDays };
  return openTask(deps, tx, picture, {
    kind: 'consultation',
    reference: REFERENCE,
    stage: picture.cycle.stage,
    owner: 'regional_authority',
    labels: consultationLabels(picture.region.name),
    evidence: null,
    facts: [],
    dueOn: target === null ? null : dayAfter(calendar, dateInZone(picture.now, zone), target),
    actingRegion: region,
    target,
  });
}

/** Tells the region that is asked, and leaves the question as the first comment of its task. */
async function tell(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  {
    task,
    actor,
    question,
  }: { readonly task: TaskRow; readonly actor: Actor; readonly question: string | null },
): Promise<void> {
  if (question !== null) {
    addTaskComment(tx, {
      id: deps.newId(),
      taskId: task.id,
      accountId: actor.id,
      accountName: actor.name,
      text: question,
      at: task.openedAt,
    });
  }
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: task.scheme,
      region: task.actingRegion,
      cycleId: task.cycleId,
      audience: ['authority'],
      template: 'consultation.asked',
      params: {
        region: picture.region.name,
        task: task.labels,
        dueOn: task.dueOn ? { date: task.dueOn } : '',
        by: actor.name,
        note: question ?? '',
      },
    },
    picture.now,
  );
}
