import type { Instant } from '../core/terms/instant.js';
import { dueTasks, type DueTask } from './due-tasks.js';
import { groupNotices, readersIn } from './observe.js';
import type { DetailOf } from './rehearsal-event.js';
import type { RehearsalRun } from './rehearsal-run.js';
import type { NewNotice } from './watch-notices.js';

/** Lets the clock run to `until`, and stops at every reminder on the way. */
export async function passTime(run: RehearsalRun, until: Instant): Promise<void> {
  const { clock } = run.deps;
  const due = await dueTasks(run.deps, run.scheme);
  const byInstant = Map.groupBy(
    due.filter(({ dueAt }) => dueAt > clock.shows() && dueAt <= until),
    ({ dueAt }) => dueAt,
  );
  for (const [dueAt, tasks] of byInstant) {
    clock.set(dueAt);
    await run.drain();
    await tellReminders(run, tasks);
  }
  if (until > clock.shows()) clock.set(until);
}

async function tellReminders(run: RehearsalRun, tasks: readonly DueTask[]): Promise<void> {
  const regions = [...new Set(tasks.map(({ region }) => region))];
  let rest = [...(await run.notices(readersIn(run, regions)))];
  const byTask = Map.groupBy(tasks, ({ task, owner }) => `${task.id}/${owner}`);
  for (const group of byTask.values()) {
    const reminded: { readonly task: DueTask; readonly notices: readonly NewNotice[] }[] = group
      .map((task) => ({ task, notices: rest.filter((notice) => isAbout(notice, task)) }))
      .filter(({ notices }) => notices.length > 0);
    const told = new Set(reminded.flatMap(({ notices }) => notices));
    rest = rest.filter((notice) => !told.has(notice));
    const detail = reminderOf(reminded);
    if (detail !== null) run.tell(detail);
  }
  for (const detail of groupNotices(rest)) run.tell(detail);
}

/** A notice does not say which task it is about; its subject names the task in the reader's language. */
function isAbout(notice: NewNotice, { region, labels }: DueTask): boolean {
  const { language, subject } = notice.reader;
  return notice.template === 'task.due' && notice.region === region && subject.includes(labels[language]);
}

/** Null when nobody was reminded: their cycles rest. */
function reminderOf(
  reminded: readonly { readonly task: DueTask; readonly notices: readonly NewNotice[] }[],
): DetailOf<'reminder'> | null {
  const [first] = reminded;
  if (first === undefined) return null;
  const { task, owner, dueOn } = first.task;
  return {
    type: 'reminder',
    regions: reminded.map((one) => one.task.region),
    task,
    owner,
    dueOn,
    to: reminded.flatMap(({ notices }) => notices.map(({ reader }) => reader)),
  };
}
