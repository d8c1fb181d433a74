import type { Actor } from '../../src/core/terms/actor.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import type { TaskRow } from '../../src/store/task-store.js';
import type { TestEngine } from './engine.js';

/** The templates of the notices that somebody has had about a task, in the order of their coming. */
export async function toldOf(engine: TestEngine, actor: Actor, task: TaskRow): Promise<readonly string[]> {
  const inbox = await readInbox(engine.deps, { actor, unread: false, after: null, limit: 500 });
  return inbox
    .filter(({ subject }) => subject.includes(task.labels[actor.language]))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ template }) => template);
}

/** The task of a region's cycle that is about this; a test that has none fails at once. */
export async function taskOf(engine: TestEngine, nuts: string, reference: string): Promise<TaskRow> {
  const tasks = await readTasks(engine.deps, {
    actor: engine.auditor,
    filter: { cycleId: engine.cycle(nuts), limit: 200 },
  });
  const task = tasks.findLast((one) => one.reference === reference);
  if (task === undefined) throw new Error(`${nuts} has no task ${reference}`);
  return task;
}
