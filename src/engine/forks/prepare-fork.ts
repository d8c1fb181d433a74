import { JOURNALED_TABLES, type JournaledTable, type RowImage } from '../../core/history/row-change.js';
import { startRebuild } from '../../core/history/cycle-image.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { listCycles, listLivingCycles, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { forgetAfter, putPastRows, rewindSyncPoints, type PastRows } from '../../store/fork-rewind.js';
import { renameTimers } from '../../store/fork-store.js';
import { listChanges } from '../../store/journal.js';
import type { RulebookDraftRow } from '../../store/rulebook-draft-store.js';
import type { Tx } from '../../store/tx.js';
import { pinRulebook } from '../cycles/pin-rulebook.js';
import type { EngineDeps, ForkStage } from '../engine-deps.js';
import { publishVersion, RULEBOOK_ZONE } from '../rules/publish-version.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import { FORK_CYCLES_MAX } from './fork-wish.js';

/** Nothing is compared when a state is only rebuilt: `verifyCycle` does that. */
const trusting = (): boolean => true;

/**
 * What the journals of a scheme's cycles say of `at`, table by table; a cycle that was not there yet has no rows.
 *
 * @throws DomainError `history.not-recorded` when the journal of one that was there begins later
 */
export async function pastRows(deps: EngineDeps, scheme: string, at: Instant): Promise<readonly PastRows[]> {
  return deps.database.read(async (tx) => {
    const past: PastRows[] = [];
    for (const cycle of await listCycles(tx, { scheme, limit: FORK_CYCLES_MAX + 1 })) {
      const rebuild = startRebuild(trusting);
      for (const page of await listChanges(tx, cycle.id, at)) rebuild.take(page);
      if (rebuild.image.cycles.size === 0 && cycle.openedAt <= at) {
        throw new DomainError('history.not-recorded', { cycle: cycle.id, at, from: cycle.openedAt });
      }
      for (const table of JOURNALED_TABLES) {
        const rows = [...rebuild.image[table].values()].map((row) => completed(table, row, cycle, at));
        past.push({ cycleId: cycle.id, table, rows });
      }
    }
    return past;
  });
}

/** With what no journal keeps, because it never changes or nobody decides it. */
function completed(table: JournaledTable, row: RowImage, { id, subject }: CycleRow, at: Instant): RowImage {
  if (table === 'cycles') return { ...row, subject };
  if (table !== 'timers') return { ...row, cycleId: id };
  const dueAt = String(row['dueAt']);
  const hasFired = dueAt <= at && row['cancelledAt'] === null && row['heldAt'] === null;
  return { ...row, firedAt: hasFired ? dueAt : null };
}

/** Puts the rows of a fork back to `at`. */
export async function rewindFork(stage: ForkStage, past: readonly PastRows[], at: Instant): Promise<void> {
  await stage.deps.database.transact(async (tx) => {
    await forgetAfter(tx, at);
    for (const rows of past) await putPastRows(tx, rows);
    await renameTimers(tx, 'timers');
    await rewindSyncPoints(tx, at);
  });
}

/**
 * Makes a draft the version that counts in a fork from its first moment on, and moves every living cycle to it.
 *
 * @throws DomainError `draft.invalid`; `fork.invalid` when no cycle goes by this rulebook
 */
export async function tryDraft(stage: ForkStage, draft: RulebookDraftRow): Promise<void> {
  const { deps } = stage;
  await deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const base = await rulebookOf(deps, tx, {
      id: draft.rulebook,
      version: draft.baseVersion,
      hash: draft.baseHash,
    });
    const rulebook = await publishVersion(deps, tx, {
      base,
      definition: draft.definition,
      effectiveFrom: dateInZone(now, RULEBOOK_ZONE),
      origin: 'draft',
      draftId: draft.id,
      endsOn: null,
      reason: `what if ${draft.id}`,
      by: SYSTEM_ACTOR.id,
      now,
    });
    const cycles = await listLivingCycles(tx, rulebook.id, null);
    if (cycles.length === 0) {
      const detail = `no cycle of the scheme goes by ${rulebook.id}`;
      throw new DomainError('fork.invalid', {
        errors: [{ pointer: '/draft', code: 'fork.draft-unused', detail }],
      });
    }
    for (const { id } of cycles) await moveTo(tx, id, rulebook, now);
  });
}

async function moveTo(
  tx: Tx,
  cycleId: string,
  rulebook: { readonly version: number; readonly hash: string },
  at: Instant,
): Promise<void> {
  const cycle = await lockCycle(tx, cycleId);
  if (cycle === null) return;
  await pinRulebook(tx, cycle, rulebook, { actor: SYSTEM_ACTOR, at, cause: 'moved', reason: 'what if' });
}
