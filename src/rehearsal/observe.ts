import type { Actor } from '../core/terms/actor.js';
import type { DetailOf, RehearsalDetail } from './rehearsal-event.js';
import type { RehearsalRun } from './rehearsal-run.js';
import { tellHistory } from './tell-history.js';
import type { NewNotice } from './watch-notices.js';

type NoticeDetail = DetailOf<'notice'>;

/** Entries of a log that come with effects: a refusal may open tasks, and tells their owners. */
const CONSEQUENTIAL: ReadonlySet<string> = new Set(['transition', 'refusal', 'milestone']);

/** What the logs of these regions tell since the last look. */
export interface News {
  readonly details: readonly RehearsalDetail[];
  /** False when nothing is in it that notices or sync points could follow. */
  readonly hasConsequences: boolean;
}

export async function readNews(run: RehearsalRun, regions: readonly string[]): Promise<News> {
  const details: RehearsalDetail[] = [];
  let hasConsequences = false;
  for (const region of regions) {
    const cycleId = run.cycles.get(region);
    if (cycleId === undefined) continue;
    const entries = await run.history(cycleId);
    const stage = run.stages.get(region) ?? run.words.workflow.definition.initial;
    const told = tellHistory(run.words, { region, stage }, entries);
    for (const detail of told) if (detail.type === 'moved') run.stages.set(region, detail.to.id);
    hasConsequences ||= entries.some(({ kind }) => CONSEQUENTIAL.has(kind));
    details.push(...told);
  }
  return { details: together(details), hasConsequences };
}

/** Tells what has changed at the sync points, and what has come into the inboxes of everybody concerned. */
export async function tellConsequences(run: RehearsalRun, regions: readonly string[]): Promise<void> {
  const news = await run.syncNews();
  for (const detail of news) run.tell(detail);
  const isForAll = news.some(({ type }) => type === 'sync-released');
  const readers = isForAll ? run.cast.all : run.cast.all.filter((actor) => concerns(actor, regions));
  for (const detail of groupNotices(await run.notices(readers))) run.tell(detail);
}

/** Offices of the whole scheme are concerned with every region. */
function concerns(actor: Actor, regions: readonly string[]): boolean {
  return actor.region === null || regions.includes(actor.region);
}

/** What concerns several regions at once: told together, not once for each of them. */
const JOINT_TEMPLATE = /^(sync-point|activity|call)\./;

/** Copies of one notice together; what is joint is one notice for all its regions. */
export function groupNotices(notices: readonly NewNotice[]): readonly NoticeDetail[] {
  const groups = Map.groupBy(notices, ({ template, effectId }) =>
    JOINT_TEMPLATE.test(template) ? template : effectId,
  );
  return [...groups.values()].flatMap((group): NoticeDetail[] => {
    const [first] = group;
    if (first === undefined) return [];
    const region = group.every((one) => one.region === first.region) ? first.region : null;
    return [{ type: 'notice', template: first.template, region, to: group.map(({ reader }) => reader) }];
  });
}

/** The same tasks that ended in several regions at once are told once. */
function together(details: readonly RehearsalDetail[]): readonly RehearsalDetail[] {
  const regionsByEnd = new Map<string, string[]>();
  return details.flatMap((detail): RehearsalDetail[] => {
    if (detail.type !== 'task-ended') return [detail];
    const { regions, ...end } = detail;
    const key = JSON.stringify(end);
    const known = regionsByEnd.get(key);
    if (known !== undefined) {
      known.push(...regions);
      return [];
    }
    const collected = [...regions];
    regionsByEnd.set(key, collected);
    return [{ ...detail, regions: collected }];
  });
}
