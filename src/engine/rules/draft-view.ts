import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { CheckReport, TestReport } from '../../core/rulebooks/reports.js';
import {
  possibleLifeEvents,
  type LifeEventType,
  type LifeState,
} from '../../core/rulebooks/rulebook-life.js';
import type { Instant } from '../../core/terms/instant.js';
import type { RulebookDraftRow } from '../../store/rulebook-draft-store.js';

/** A draft as the outside sees it, without its content; plain JSON. */
export interface DraftView {
  readonly id: string;
  readonly rulebook: string;
  readonly base: { readonly version: number; readonly hash: string };
  readonly hash: string;
  readonly state: LifeState;
  readonly possible: readonly LifeEventType[];
  readonly author: string;
  readonly authors: readonly string[];
  readonly reason: string;
  readonly version: number;
  /** Null: not run, or not checked, with the content as it is. */
  readonly report: TestReport | null;
  readonly check: CheckReport | null;
  readonly approved: { readonly by: string; readonly at: Instant } | null;
  readonly signed: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
  readonly emergencyEndsOn: CalendarDate | null;
  readonly publishedVersion: number | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

export function draftView(draft: RulebookDraftRow): DraftView {
  const { approvedBy, approvedAt, signedBy, signedAt, signedReason } = draft;
  return {
    id: draft.id,
    rulebook: draft.rulebook,
    base: { version: draft.baseVersion, hash: draft.baseHash },
    hash: draft.hash,
    state: draft.state,
    possible: possibleLifeEvents(draft.state),
    author: draft.author,
    authors: draft.authors,
    reason: draft.reason,
    version: draft.version,
    report: draft.report,
    check: draft.checkReport,
    approved: approvedBy === null || approvedAt === null ? null : { by: approvedBy, at: approvedAt },
    signed:
      signedBy === null || signedAt === null
        ? null
        : { by: signedBy, at: signedAt, reason: signedReason ?? '' },
    emergencyEndsOn: draft.emergencyEndsOn,
    publishedVersion: draft.publishedVersion,
    createdAt: draft.createdAt,
    changedAt: draft.changedAt,
  };
}
