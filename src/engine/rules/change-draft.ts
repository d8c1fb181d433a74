import {
  applyLifeEvent,
  readLifeSnapshot,
  type LifeEventType,
  type LifeFacts,
  type LifeSnapshot,
} from '../../core/rulebooks/rulebook-life.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  changeDraftRow,
  lockDraft,
  type DraftChanges,
  type RulebookDraftRow,
} from '../../store/rulebook-draft-store.js';
import { appendRulebookLog, type RulebookLogKind } from '../../store/rulebook-log-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { workshopOf } from '../workshop.js';
import { draftView, type DraftView } from './draft-view.js';

/** A command about one draft. */
export interface DraftCommand extends CommandContext {
  readonly draftId: string;
}

/** What a verb makes of a draft, and how the log tells it. */
export interface DraftStep {
  readonly event: LifeEventType;
  /** What is known with this step; what it leaves out is as the draft says. */
  readonly facts?: Partial<LifeFacts>;
  readonly changes: DraftChanges | ((to: LifeSnapshot) => DraftChanges);
  readonly log: { readonly kind: RulebookLogKind; readonly details: Readonly<Record<string, unknown>> };
}

/**
 * The common path of all verbs on a draft: one administrator, one transaction, one step in the rulebook's life.
 *
 * @throws DomainError `auth.role-forbidden`, `draft.not-found`, `version.stale`, and those of `takeStep`
 */
export async function changeDraft(
  deps: EngineDeps,
  command: DraftCommand,
  work: (tx: Tx, now: Instant, draft: RulebookDraftRow) => Promise<DraftStep> | DraftStep,
): Promise<DraftView> {
  requireRole(command.actor, ['administrator']);
  return runCommand(deps, command, async (tx, now) => {
    const draft = await getDraftForChange(tx, command.draftId, command.expectedVersion);
    await takeStep(deps, tx, { draft, command, now, step: await work(tx, now, draft) });
    return draftView(draft);
  });
}

/** The draft, locked. @throws DomainError `draft.not-found`, `version.stale` */
export async function getDraftForChange(
  tx: Tx,
  id: string,
  expectedVersion: number | null,
): Promise<RulebookDraftRow> {
  const draft = await lockDraft(tx, id);
  if (draft === null) throw new DomainError('draft.not-found', { draft: id });
  if (expectedVersion !== null && expectedVersion !== draft.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: draft.version });
  }
  return draft;
}

/**
 * Takes one step in the life of a locked draft, writes it and logs it.
 *
 * @throws DomainError `draft.not-possible` where the state does not know the event; `draft.same-person` when the
 *   second person is an author; `draft.refused` with every other reason
 */
export async function takeStep(
  deps: EngineDeps,
  tx: Tx,
  taken: {
    readonly draft: RulebookDraftRow;
    readonly command: CommandContext;
    readonly now: Instant;
    readonly step: DraftStep;
  },
): Promise<void> {
  const { draft, command, now, step } = taken;
  const snapshot = nextSnapshot(deps, draft, command.actor.id, step);
  const changes = typeof step.changes === 'function' ? step.changes(snapshot) : step.changes;
  await changeDraftRow(tx, draft, { ...changes, snapshot, state: snapshot.value, changedAt: now });
  await appendRulebookLog(tx, {
    rulebook: draft.rulebook,
    version: draft.publishedVersion,
    draftId: draft.id,
    kind: step.log.kind,
    actor: command.actor,
    at: now,
    details: { ...step.log.details, hash: draft.hash, state: snapshot.value },
  });
}

/**
 * Where a step would lead; for a verb that has to know before it writes anything else. Errors: see `takeStep`.
 */
export function nextSnapshot(
  deps: EngineDeps,
  draft: RulebookDraftRow,
  by: string,
  step: Pick<DraftStep, 'event' | 'facts'>,
): LifeSnapshot {
  const facts = { ...lifeFacts(deps, draft), ...step.facts };
  const decision = applyLifeEvent(readLifeSnapshot(draft.snapshot), { type: step.event, by, facts });
  if (decision.kind === 'moved') return decision.snapshot;
  if (decision.kind === 'not-possible') {
    throw new DomainError('draft.not-possible', { state: decision.from, possibleEvents: decision.possible });
  }
  const { reasons } = decision;
  const isSamePerson = reasons.some((one) => one === 'approver.is-author' || one === 'signer.is-author');
  throw new DomainError(isSamePerson ? 'draft.same-person' : 'draft.refused', {
    state: decision.from,
    reasons,
  });
}

/** New content: whatever was found about the old one, or said to it, counts no more. */
export function contentChanges(
  draft: RulebookDraftRow,
  rulebook: Rulebook,
  authors: readonly string[],
): DraftChanges {
  return {
    definition: rulebook.definition,
    hash: rulebook.hash,
    authors: [...new Set([...draft.authors, ...authors])],
    report: null,
    checkReport: null,
    approvedBy: null,
    approvedAt: null,
    signedBy: null,
    signedAt: null,
    signedReason: null,
  };
}

function lifeFacts(deps: EngineDeps, draft: RulebookDraftRow): LifeFacts {
  const { report, checkReport } = draft;
  return {
    authors: draft.authors,
    tests: report === null ? null : { failing: report.failing, coverage: report.coverage.ratio },
    coverageMin: workshopOf(deps).coverageMin,
    alarms: checkReport === null ? null : checkReport.alarms.length,
    signedBy: draft.signedBy,
    approvedBy: draft.approvedBy,
  };
}
