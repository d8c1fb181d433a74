import type { MemberPart } from '../../core/sync/tally.js';
import { partsOf } from '../../core/sync/tally.js';
import { askPredicates, parsePredicates } from '../../core/sync/parse-predicates.js';
import type { Truth } from '../../core/logic/truth.js';
import type { Instant } from '../../core/terms/instant.js';
import { findCycle } from '../../store/cycle-store.js';
import type { SyncPointRow } from '../../store/sync-store.js';
import type { SyncSubject } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';

/** How the predicates of a sync point come out for a region, and the facts for want of which one is not known. */
export interface MemberTruths {
  readonly truths: readonly Truth[];
  readonly missing: readonly string[];
}

/** What a region is to each leaf of a rule, by its class, its country and its facts as they stand now. */
export async function memberParts(
  deps: EngineDeps,
  tx: Tx,
  point: Pick<SyncPointRow, 'rule' | 'facts'>,
  { subject, now }: { readonly subject: SyncSubject; readonly now: Instant },
): Promise<readonly MemberPart[]> {
  const { truths } = await memberTruths(deps, tx, point, { subject, now });
  const { region, country, class: klass } = subject;
  return partsOf(point.rule, { region, country, class: klass, truths });
}

/** Asks the predicates of a rule about the latest cycle of a region; without one nothing is known. */
export async function memberTruths(
  deps: EngineDeps,
  tx: Tx,
  { rule, facts }: Pick<SyncPointRow, 'rule' | 'facts'>,
  { subject, now }: { readonly subject: SyncSubject; readonly now: Instant },
): Promise<MemberTruths> {
  if (facts.length === 0 || subject.cycleId === null) return { truths: [], missing: [] };
  const cycle = await findCycle(tx, subject.cycleId);
  if (cycle === null) return { truths: [], missing: [] };
  const { rulebook, context } = await takePicture(deps, tx, cycle, now);
  const { conditions } = parsePredicates(rule, rulebook.catalogue);
  return askPredicates(conditions, { ...context, parameters: (name) => ({ missing: name }) });
}
