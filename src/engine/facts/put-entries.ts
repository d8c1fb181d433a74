import { standingRules } from '../../core/gates/standing-lapses.js';
import type { Actor } from '../../core/terms/actor.js';
import { changeCycle } from '../../store/cycle-store.js';
import { listFacts, putFacts, removeFacts } from '../../store/fact-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkStandingRules } from '../standing/check-standing-rules.js';
import { recordMilestones } from '../sync/record-milestones.js';
import { tellSyncFacts } from '../sync/tell-sync-facts.js';
import { closeFactTasks } from '../tasks/close-fact-tasks.js';
import type { CheckedEntry } from './check-fact-entries.js';

/**
 * Writes checked facts of a cycle that this transaction has locked: values, log, the tasks that waited for them,
 * and the milestones that they reach. Raises the cycle's version.
 */
export async function putEntries(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  request: { readonly picture: CyclePicture; readonly entries: readonly CheckedEntry[] },
): Promise<CyclePicture> {
  const { picture, entries } = request;
  const { cycle, now } = picture;
  if (entries.length === 0) return picture;

  const before = new Map((await listFacts(tx, cycle.id)).map((fact) => [fact.fact, fact.value]));
  const recorded = entries.flatMap((entry) => {
    if (entry.value === null) return [];
    const isDate = picture.rulebook.catalogue.get(entry.fact)?.type.kind === 'date';
    return [
      {
        ...entry,
        value: entry.value,
        precision: isDate ? (entry.precision ?? 'day') : null,
        recordedBy: actor.id,
        recordedAt: now,
        cycleNumber: cycle.number,
      },
    ];
  });
  await putFacts(tx, cycle.id, recorded);
  await removeFacts(
    tx,
    cycle.id,
    entries.filter(({ value }) => value === null).map(({ fact }) => fact),
  );
  await changeCycle(tx, cycle, { changedAt: now });
  await appendLog(tx, cycle, {
    kind: 'facts',
    actor,
    at: now,
    details: { facts: entries.map((entry) => ({ ...entry, before: before.get(entry.fact) ?? null })) },
  });
  const after = await takePicture(deps, tx, cycle, now);
  // Only what has just come in: a fact that a task waits for because its date is too vague has a value already.
  const usable = recorded.map(({ fact }) => fact).filter((fact) => after.context.facts.has(fact));
  await closeFactTasks(tx, after, actor, new Set(usable));
  if (touchesStandingRule(after, entries)) await checkStandingRules(deps, tx, after);
  await recordMilestones(deps, tx, after, { recordedFacts: recorded.map(({ fact }) => fact) });
  await tellSyncFacts(deps, tx, cycle, { facts: entries.map(({ fact }) => fact), now });
  return after;
}

function touchesStandingRule({ rulebook, cycle }: CyclePicture, entries: readonly CheckedEntry[]): boolean {
  return standingRules(rulebook, cycle.stage).some(({ factNames }) =>
    entries.some(({ fact }) => factNames.includes(fact)),
  );
}
