import { wordRule } from '../../core/wording/word-rule.js';
import type { Rule, Rulebook } from '../../core/gates/rulebook.js';
import type { Language } from '../../core/terms/language.js';
import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { compileStored, rulebookOf } from './rulebook-of.js';

/**
 * A second administrator approves the content of a draft as it is; the next edit ends the approval. What is signed is
 * the sentence of every rule that the draft changes, in the approver's language: it stands in the log, word for word.
 *
 * @throws DomainError `draft.same-person` for whoever has written any of it; `draft.refused` while tests, coverage
 *   or unsigned alarms are in the way; those of `changeDraft`
 */
export async function approveDraft(deps: EngineDeps, command: DraftCommand): Promise<DraftView> {
  return changeDraft(deps, command, async (tx, now, draft) => {
    const { rulebook: id, baseVersion: version, baseHash: hash } = draft;
    const base = await rulebookOf(deps, tx, { id, version, hash });
    const sentences = changedSentences(base, compileStored(deps, draft), command.actor.language);
    return {
      event: 'approve',
      changes: { approvedBy: command.actor.id, approvedAt: now },
      log: { kind: 'approved', details: { language: command.actor.language, sentences } },
    };
  });
}

/** The sentences of the rules that are new or written otherwise, by rule id. */
function changedSentences(base: Rulebook, draft: Rulebook, language: Language): Record<string, string> {
  const changed = [...draft.rules.values()].filter((rule) => {
    const before = base.rules.get(rule.id);
    return before === undefined || contentOf(before) !== contentOf(rule);
  });
  return Object.fromEntries(
    changed.map((rule) => [rule.id, wordRule(rule, { language, catalogue: draft.catalogue }).sentence]),
  );
}

function contentOf({ conditions, parameters, severity }: Rule): string {
  return JSON.stringify({ conditions, parameters: Object.fromEntries(parameters), severity });
}
