import type { Actor } from '../../core/terms/actor.js';
import { wordRule, type WordedRule } from '../../core/wording/word-rule.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Language } from '../../core/terms/language.js';
import type { RulebookDefinition } from '../../core/gates/rulebook-schema.js';
import { findDraft, listDrafts, type RulebookDraftRow } from '../../store/rulebook-draft-store.js';
import { listDraftLog, type RulebookLogRow } from '../../store/rulebook-log-store.js';
import { versionsFrom } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { draftView, type DraftView } from './draft-view.js';
import { compileStored } from './rulebook-of.js';

/** Who may look into the workshop. */
export const DRAFT_READERS: readonly Actor['role'][] = ['administrator', 'coordinator', 'auditor', 'system'];

/** Entries of a draft's history that are shown. */
const HISTORY_SHOWN_MAX = 500;

/** A draft with its content and everything that was done with it. */
export interface DraftWithContent {
  readonly draft: DraftView;
  readonly definition: RulebookDefinition;
  readonly history: readonly RulebookLogRow[];
  /** Rule id -> what it says in the reader's language: what an administrator approves. */
  readonly sentences: Readonly<Record<string, WordedRule>>;
  /** Versions that were published since it was made and whose changes it does not have: merge their drafts into it. */
  readonly publishedSince: readonly number[];
}

/** Drafts in the order in which they were made, the ended ones included. @throws DomainError `auth.role-forbidden` */
export async function readDrafts(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly after: string | null; readonly limit: number },
): Promise<readonly DraftView[]> {
  requireRole(query.actor, DRAFT_READERS);
  return deps.database.read(async (tx) => (await listDrafts(tx, query)).map(draftView));
}

/** One draft. @throws DomainError `draft.not-found`, `auth.role-forbidden` */
export async function readDraft(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly draftId: string; readonly language: Language },
): Promise<DraftWithContent> {
  requireRole(query.actor, DRAFT_READERS);
  return deps.database.read(async (tx) => {
    const draft = await findDraft(tx, query.draftId);
    if (draft === null) throw new DomainError('draft.not-found', { draft: query.draftId });
    const { rules, catalogue } = compileStored(deps, draft);
    const { language } = query;
    return {
      draft: draftView(draft),
      definition: draft.definition,
      publishedSince: await publishedSince(tx, draft),
      history: await listDraftLog(tx, draft.id, HISTORY_SHOWN_MAX),
      sentences: Object.fromEntries(
        [...rules].map(([id, rule]) => [id, wordRule(rule, { language, catalogue })]),
      ),
    };
  });
}

/** When it was made, a draft was given the number after the highest one. */
async function publishedSince(tx: Tx, draft: RulebookDraftRow): Promise<readonly number[]> {
  if (draft.publishedVersion !== null) return [];
  const { rulebook, baseVersion, definition } = draft;
  return versionsFrom(tx, rulebook, Math.max(definition.version, baseVersion + 1));
}
