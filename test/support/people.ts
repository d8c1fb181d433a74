import { hashToken } from '../../src/app/tokens.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import type { AccountRole } from '../../src/core/terms/role.js';
import { createAccount } from '../../src/engine/accounts/create-account.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { by, tokenOf, type TestEngine } from './engine.js';

/** An account more, whose token is that of `tokenOf`. */
export async function hire(
  engine: TestEngine,
  id: string,
  role: AccountRole,
  more: { readonly region?: string; readonly language?: Actor['language'] } = {},
): Promise<Actor> {
  const actor: Actor = { id, name: id, role, region: more.region ?? null, language: more.language ?? 'en' };
  await createAccount(engine.deps, {
    ...by(SYSTEM_ACTOR),
    account: {
      ...actor,
      role,
      email: `${id.toLowerCase()}@cordata.example`,
      tokenHash: hashToken(tokenOf(id)),
    },
  });
  return actor;
}

/** The task of a region's cycle that is about `reference`. */
export async function taskOf(engine: TestEngine, nuts: string, reference: string) {
  const tasks = await readTasks(engine.deps, {
    actor: SYSTEM_ACTOR,
    filter: { cycleId: engine.cycle(nuts), limit: 500 },
  });
  const task = tasks.find((each) => each.reference === reference);
  if (task === undefined) throw new Error(`no task ${reference}`);
  return task;
}

/** What the log of a region's cycle says of a task, the oldest first. */
export async function changesOf(
  engine: TestEngine,
  nuts: string,
  taskId: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const log = await readHistory(engine.deps, {
    actor: engine.auditor,
    cycleId: engine.cycle(nuts),
    after: 0,
    limit: 1_000,
  });
  return log
    .filter(({ kind, details }) => kind === 'task' && details['task'] === taskId)
    .map(({ actorId, details }) => ({ by: actorId, ...details }));
}
