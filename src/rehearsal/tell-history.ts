import { z } from 'zod';
import type { Rulebook } from '../core/gates/rulebook.js';
import type { Verdict } from '../core/gates/verdict.js';
import type { Workflow } from '../core/machines/compile-workflow.js';
import { stepEventSchema } from '../core/machines/workflow-schema.js';
import { explainVerdict } from './explain-verdict.js';
import type { Named, RehearsalDetail, RehearsedTask } from './rehearsal-event.js';
import type { HistoryEntry } from './watch-history.js';

/** The definitions that give the entries of a log their words. */
export interface HistoryWords {
  readonly workflow: Workflow;
  readonly rulebook: Rulebook;
}

const verdictSchema = z.custom<Verdict>((value) => typeof value === 'object' && value !== null);
const wishSchema = z.object({ type: stepEventSchema, note: z.string().nullable() });
const transitionSchema = wishSchema.extend({
  from: z.string(),
  to: z.string(),
  number: z.int(),
  verdict: verdictSchema.nullable(),
});
const refusalSchema = wishSchema.extend({
  code: z.string(),
  to: z.string().nullable(),
  verdict: verdictSchema.optional(),
});
const waiverSchema = z.object({
  rule: z.string(),
  reason: z.string(),
  grantedBy: z.string(),
  secondedBy: z.string(),
  endsOn: z.string(),
});
const taskSchema = z.object({
  change: z.string(),
  reference: z.string(),
  kind: z.string(),
  owner: z.string().optional(),
  dueOn: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
});
/** Of a task; what else happens to one is told by what caused it, or by nobody. */
const TOLD_CHANGES: ReadonlySet<unknown> = new Set(['opened', 'done', 'cancelled']);

type TaskEntry = z.infer<typeof taskSchema> & { readonly byItself: boolean };

/**
 * Tells what stands in the log of one region's cycle: moves and refusals with the gate's reasons, waivers, tasks.
 * Tasks that open or end together are told together. Facts and milestones are told by others, who know more.
 */
export function tellHistory(
  words: HistoryWords,
  about: { readonly region: string; readonly stage: string },
  entries: readonly HistoryEntry[],
): readonly RehearsalDetail[] {
  const told: RehearsalDetail[] = [];
  let tasks: TaskEntry[] = [];
  let stage = about.stage;
  const tellTasks = (): void => {
    told.push(...taskDetails(words, about.region, tasks));
    tasks = [];
  };
  for (const entry of entries) {
    if (entry.kind === 'task') {
      if (!TOLD_CHANGES.has(entry.details['change'])) continue;
      // What is ended in the name of a person who did something else (facts, a move) has ended by itself.
      const task = taskSchema.parse(entry.details);
      tasks.push({ ...task, byItself: task.kind === 'provide-facts' || task.change === 'cancelled' });
      continue;
    }
    tellTasks();
    told.push(...entryDetails(words, { region: about.region, stage }, entry));
    if (entry.kind === 'transition') stage = transitionSchema.parse(entry.details).to;
  }
  tellTasks();
  return told;
}

function entryDetails(
  words: HistoryWords,
  about: { readonly region: string; readonly stage: string },
  entry: HistoryEntry,
): readonly RehearsalDetail[] {
  const { region } = about;
  const stage = stateNamed(words, about.stage);
  switch (entry.kind) {
    case 'opened':
      return [{ type: 'opened', region, stage }];
    case 'transition': {
      const { type, from, to, number, verdict, note } = transitionSchema.parse(entry.details);
      const moved = {
        type: 'moved',
        region,
        event: type,
        from: stateNamed(words, from),
        to: stateNamed(words, to),
        cycle: number,
        verdict: verdict?.verdict ?? null,
        note,
      } as const;
      return verdict === null
        ? [moved]
        : [explainVerdict(verdict, words.rulebook, { region, to: moved.to }), moved];
    }
    case 'refusal': {
      const { type, to, code, verdict, note } = refusalSchema.parse(entry.details);
      const refused = { type: 'refused', region, event: type, code, stage, note } as const;
      if (verdict === undefined || to === null) return [refused];
      const target = stateNamed(words, to);
      return [explainVerdict(verdict, words.rulebook, { region, to: target }), refused];
    }
    case 'waiver': {
      const { rule, ...waiver } = waiverSchema.parse(entry.details);
      const label = words.rulebook.rules.get(rule)?.labels.en ?? rule;
      return [{ type: 'waived', region, rule: { id: rule, label }, ...waiver }];
    }
    case 'facts':
    case 'milestone':
    case 'sync':
    case 'activity':
    case 'call':
    case 'rulebook':
    case 'task':
    case 'waiver-ended':
    case 'incident':
    case 'timer':
    case 'reverted':
    case 'migrated':
    case 'migration-reverted':
    case 'modified':
    case 'baseline':
      return [];
  }
}

function taskDetails(
  words: HistoryWords,
  region: string,
  entries: readonly TaskEntry[],
): readonly RehearsalDetail[] {
  const groups = Map.groupBy(entries, ({ change, byItself, note }) =>
    JSON.stringify([change, byItself, note ?? null]),
  );
  return [...groups.values()].flatMap((group): RehearsalDetail[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, byItself, note } = first;
    if (change === 'opened') {
      return [{ type: 'task-opened', region, tasks: group.map((task) => openedTask(words, task)) }];
    }
    if (change !== 'done' && change !== 'cancelled') return [];
    const tasks = group.map((task) => taskNamed(words, task));
    return [{ type: 'task-ended', regions: [region], end: change, tasks, byItself, note: note ?? null }];
  });
}

function openedTask(words: HistoryWords, task: TaskEntry): RehearsedTask {
  const { kind, reference, owner, dueOn } = task;
  return { kind, reference, label: taskNamed(words, task).label, owner: owner ?? '', dueOn: dueOn ?? null };
}

/** A sub-step by its id, an action by its rule, a wait for facts by its gate (`<gate>/<owner>`). */
function taskNamed({ workflow, rulebook }: HistoryWords, task: Pick<TaskEntry, 'kind' | 'reference'>): Named {
  const { kind, reference } = task;
  const label = (): string | undefined => {
    if (kind === 'conditional-action') return rulebook.rules.get(reference)?.action?.labels.en;
    if (kind === 'provide-facts') return rulebook.gates.get(reference.split('/')[0] ?? '')?.labels.en;
    return [...workflow.tasks.values()].flat().find(({ id }) => id === reference)?.labels.en;
  };
  return { id: reference, label: label() ?? reference };
}

function stateNamed({ workflow }: HistoryWords, id: string): Named {
  return { id, label: workflow.states.get(id)?.labels.en ?? id };
}
