import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { listSchemes } from '../../store/scheme-store.js';
import { addTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, nextSnapshot, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { publishVersion, RULEBOOK_ZONE } from './publish-version.js';
import { rulebookOf } from './rulebook-of.js';

/** The longest time that one person alone may set rules for: long enough to find a second one. */
export const EMERGENCY_DAYS_MAX = 60;

/**
 * One administrator publishes a draft alone, from today until a day: with a reason, marked for ever, and told to
 * coordinators and administrators. When the last day has passed, the version before counts again. Tests, coverage
 * and alarms are asked as ever; only the second person's approval is not.
 *
 * @throws DomainError `rulebook.date-invalid` for a last day that has passed or lies more than
 *   `EMERGENCY_DAYS_MAX` days ahead; `draft.refused`; those of `changeDraft`
 */
export async function emergencyPublish(
  deps: EngineDeps,
  command: DraftCommand & { readonly reason: string; readonly endsOn: CalendarDate },
): Promise<DraftView> {
  const { actor, reason, endsOn } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/emergency/reason' });
  return changeDraft(deps, command, async (tx, now, draft) => {
    const today = dateInZone(now, RULEBOOK_ZONE);
    judgeLastDay(today, endsOn);
    nextSnapshot(deps, draft, actor.id, { event: 'publish-emergency' });
    const { rulebook: id, baseVersion: version, baseHash: hash } = draft;
    const published = await publishVersion(deps, tx, {
      base: await rulebookOf(deps, tx, { id, version, hash }),
      definition: draft.definition,
      effectiveFrom: today,
      origin: 'draft',
      draftId: draft.id,
      endsOn,
      reason,
      by: actor.id,
      now,
    });
    addTimer(tx, {
      id: deps.newId(),
      taskId: null,
      cycleId: null,
      effect: { type: 'expire-rulebook', rulebook: id, version: published.version },
      dueAt: instantAt(fromDayNumber(toDayNumber(endsOn) + 1), '00:00', RULEBOOK_ZONE),
    });
    await tellEmergency(deps, tx, published, { reason, endsOn, by: actor.name, now });
    return {
      event: 'publish-emergency',
      changes: { publishedVersion: published.version, emergency: true, emergencyEndsOn: endsOn },
      log: { kind: 'published-in-emergency', details: { version: published.version, endsOn, reason } },
    };
  });
}

function judgeLastDay(today: CalendarDate, endsOn: CalendarDate): void {
  const latest = fromDayNumber(toDayNumber(today) + EMERGENCY_DAYS_MAX);
  if (endsOn >= today && endsOn <= latest) return;
  const reason = `An emergency lasts from ${today} until ${latest} at the most.`;
  throw new DomainError('rulebook.date-invalid', { pointer: '/emergency/endsOn', reason, today, latest });
}

async function tellEmergency(
  deps: EngineDeps,
  tx: Tx,
  rulebook: Rulebook,
  told: {
    readonly reason: string;
    readonly endsOn: CalendarDate;
    readonly by: string;
    readonly now: Instant;
  },
): Promise<void> {
  const schemes = await listSchemes(tx);
  // Accounts belong to no scheme of their own: told once, they are told for all that go by the rulebook.
  const scheme = schemes.find(({ rulebookId }) => rulebookId === rulebook.id) ?? schemes[0];
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: scheme?.id ?? '',
      region: null,
      cycleId: null,
      audience: ['coordinator', 'administrator'],
      template: 'rulebook.emergency',
      params: {
        rulebook: { ...rulebook.labels },
        number: rulebook.version,
        date: { date: rulebook.effectiveFrom },
        endsOn: { date: told.endsOn },
        by: told.by,
        note: told.reason,
      },
    },
    told.now,
  );
}
