import type { Actor } from '../core/terms/actor.js';
import { instantToMs, type Instant } from '../core/terms/instant.js';
import { accountRoleFor } from '../core/terms/role.js';
import { dateInZone, instantAt } from '../core/calendar/zoned-instant.js';
import { REMINDER_TIME } from '../engine/tasks/open-task.js';
import { dueTasks, type DueTask } from './due-tasks.js';
import { groupNotices } from './observe.js';
import type { DetailOf } from './rehearsal-event.js';
import type { RehearsalRun } from './rehearsal-run.js';
import type { NewNotice } from './watch-notices.js';

const DAY_MS = 86_400_000;

/** Lets the clock run to `until`, and stops at every reminder on the way. */
export async function passTime(run: RehearsalRun, until: Instant): Promise<void> {
  const { clock } = run.deps;
  if (until <= clock.shows()) return;
  if (mayRemind(run, until)) {
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
  }
  clock.set(until);
}

/** Reminders go out at one time of the day; most steps follow each other between two of them. */
function mayRemind({ deps, scheme }: RehearsalRun, until: Instant): boolean {
  const now = deps.clock.shows();
  if (instantToMs(until) - instantToMs(now) >= DAY_MS) return true;
  return scheme.regions.some(({ zone }) =>
    [now, until].some((instant) => {
      const reminder = instantAt(dateInZone(instant, zone), REMINDER_TIME, zone);
      return reminder > now && reminder <= until;
    }),
  );
}

interface Reminded {
  readonly task: DueTask;
  readonly notices: readonly NewNotice[];
}

async function tellReminders(run: RehearsalRun, tasks: readonly DueTask[]): Promise<void> {
  const readers = run.cast.all.filter((actor) => tasks.some((task) => isTold(actor, task)));
  const notices = await run.notices(readers);
  const reminded = tasks
    .map((task): Reminded => ({ task, notices: notices.filter((notice) => isAbout(notice, task)) }))
    // Nobody is reminded while the cycle rests.
    .filter((one) => one.notices.length > 0);
  for (const detail of groupReminders(reminded)) run.tell(detail);

  const told = new Set(reminded.flatMap((one) => one.notices));
  for (const detail of groupNotices(notices.filter((notice) => !told.has(notice)))) run.tell(detail);
}

function isTold({ role, region }: Actor, { owner, region: of, step }: DueTask): boolean {
  const roles = step.audience.map((one) => (one === 'owner' ? accountRoleFor(owner) : one));
  return roles.some((one) => one === role) && (region === null || region === of);
}

/** A notice does not say which task it is about; its subject names the task in the reader's language. */
function isAbout(notice: NewNotice, { region, labels, step }: DueTask): boolean {
  const { language, subject } = notice.reader;
  return notice.template === step.template && notice.region === region && subject.includes(labels[language]);
}

/** Regions that are told the same of the same tasks at once are told together. */
function groupReminders(reminded: readonly Reminded[]): readonly DetailOf<'reminder'>[] {
  const byRegion = Map.groupBy(reminded, ({ task }) => `${task.region} ${task.step.template}`);
  const byTasks = Map.groupBy(byRegion.values(), (group) =>
    group.map(({ task }) => [task.step.template, task.task.id, task.owner, task.dueOn].join('/')).join(' '),
  );
  return [...byTasks.values()].flatMap((groups): DetailOf<'reminder'>[] => {
    const tasks = (groups[0] ?? []).map(({ task }) => ({ ...task.task, owner: task.owner }));
    const all = groups.flat();
    return all.slice(0, 1).map(({ task }) => ({
      type: 'reminder',
      regions: [...new Set(all.map((one) => one.task.region))],
      tasks,
      template: task.step.template,
      dueOn: task.dueOn,
      to: all.flatMap(({ notices }) => notices.map(({ reader }) => reader)),
    }));
  });
}
