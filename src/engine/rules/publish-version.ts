import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  addVersion,
  highestVersion,
  lockRulebook,
  type VersionOrigin,
} from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeDraft } from './judge-draft.js';

/** Zone of the days on which versions take effect and end; a cycle asks for the one of its region's own day. */
export const RULEBOOK_ZONE = 'UTC';

/** Content on its way to become a version. */
export interface Publication {
  /** What it replaces the content of; the same id. */
  readonly base: Rulebook;
  readonly definition: object;
  readonly effectiveFrom: CalendarDate;
  readonly origin: VersionOrigin;
  /** Null but for the origin `draft`. */
  readonly draftId: string | null;
  /** Null but for an emergency. */
  readonly endsOn: CalendarDate | null;
  readonly reason: string;
  readonly by: string;
  readonly now: Instant;
}

/**
 * Makes content the next version of its rulebook. Nothing is retired: the version before it counts until this one
 * takes effect, and for the cycles that are pinned to it after that.
 *
 * @throws DomainError `rulebook.date-invalid` for an effective date that has passed; `draft.invalid`
 */
export async function publishVersion(deps: EngineDeps, tx: Tx, wish: Publication): Promise<Rulebook> {
  const { base, effectiveFrom, endsOn, now } = wish;
  const today = dateInZone(now, RULEBOOK_ZONE);
  if (effectiveFrom < today) {
    const reason = `What has been decided until ${today} was decided by the rules of its day.`;
    throw new DomainError('rulebook.date-invalid', { pointer: '/effectiveFrom', reason, today });
  }
  await lockRulebook(tx, base.id);
  const files = deps.catalog.rulebooks.filter(({ id }) => id === base.id).map(({ version }) => version);
  const version = Math.max(await highestVersion(tx, base.id), ...files) + 1;
  const rulebook = judgeDraft(deps, base, version, { ...wish.definition, version, effectiveFrom });
  addVersion(tx, {
    id: rulebook.id,
    version,
    hash: rulebook.hash,
    definition: rulebook.definition,
    catalogueId: rulebook.factCatalogue.id,
    catalogueVersion: rulebook.factCatalogue.version,
    effectiveFrom,
    endsOn,
    origin: wish.origin,
    draftId: wish.draftId,
    emergency: endsOn !== null,
    reason: wish.reason,
    publishedBy: wish.by,
    publishedAt: now,
  });
  await tx.flush();
  return rulebook;
}
