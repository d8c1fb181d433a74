import type { Rulebook } from '../../core/gates/rulebook.js';
import type { RulebookDefinition } from '../../core/gates/rulebook-schema.js';
import { mergeRulebooks, type Clash } from '../../core/rulebooks/merge-rulebooks.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findDraft, type DraftChanges, type RulebookDraftRow } from '../../store/rulebook-draft-store.js';
import { findVersion } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { workshopOf, type RuleDifference } from '../workshop.js';
import { changeDraft, contentChanges, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { judgeDraft } from './judge-draft.js';
import { compileStored, rulebookOf } from './rulebook-of.js';

/** For whom a clash is settled. */
export interface Settlement {
  /** As the clash names it. */
  readonly pointer: string;
  readonly take: 'mine' | 'theirs';
}

/** A clash as it is shown: with the facts on which the two disagree, where they can be worked out. */
export type ShownClash = Clash & { readonly regions: RuleDifference['regions'] | null };

/**
 * Brings what another draft has changed into this one, which leads it back to the state `draft`. The authors of both
 * are authors of the result. The other draft stays as it is; if it has been published, the result builds on that
 * version from now on.
 *
 * @throws DomainError `draft.clash` with every clash that nobody has settled, and then nothing is written;
 *   `draft.no-common-base`, `draft.not-found`, `draft.invalid`; those of `changeDraft`
 */
export async function mergeDrafts(
  deps: EngineDeps,
  command: DraftCommand & { readonly with: string; readonly settle: readonly Settlement[] },
): Promise<DraftView> {
  return changeDraft(deps, command, async (tx, _now, mine) => {
    const theirs = await findDraft(tx, command.with);
    if (theirs === null) throw new DomainError('draft.not-found', { pointer: '/with', draft: command.with });
    if (mine.id === theirs.id || mine.rulebook !== theirs.rulebook || mine.baseHash !== theirs.baseHash) {
      throw new DomainError('draft.no-common-base', { pointer: '/with' });
    }
    const { rulebook: id, baseVersion: version, baseHash: hash } = mine;
    const base = await rulebookOf(deps, tx, { id, version, hash });
    const definition = mergeContents(deps, base, { mine, theirs }, command.settle);
    const rulebook = judgeDraft(deps, base, mine.definition.version, definition);
    return {
      event: 'edit',
      changes: {
        ...contentChanges(mine, rulebook, [...theirs.authors, command.actor.id]),
        ...(await newBase(tx, theirs)),
      },
      log: {
        kind: 'merged',
        details: { with: theirs.id, theirs: theirs.hash, before: mine.hash, settled: command.settle },
      },
    };
  });
}

async function newBase(tx: Tx, { rulebook, publishedVersion }: RulebookDraftRow): Promise<DraftChanges> {
  const published = publishedVersion === null ? null : await findVersion(tx, rulebook, publishedVersion);
  return published === null ? {} : { baseVersion: published.version, baseHash: published.hash };
}

function mergeContents(
  deps: EngineDeps,
  base: Rulebook,
  drafts: { readonly mine: RulebookDraftRow; readonly theirs: RulebookDraftRow },
  settlements: readonly Settlement[],
): unknown {
  const { mine, theirs } = drafts;
  // Each bears the number that was the next one when it was made, which is nothing that somebody has changed.
  const { version } = mine.definition;
  const numbered = (definition: RulebookDefinition): RulebookDefinition => ({ ...definition, version });
  const difference = ruleDifferences(deps, drafts);
  const { definition, clashes } = mergeRulebooks(
    {
      base: numbered(base.definition),
      mine: mine.definition,
      theirs: numbered(theirs.definition),
    },
    (clash) => {
      const settled = settlements.find(({ pointer }) => pointer === clash.pointer)?.take;
      if (settled !== undefined) return settled;
      // Written differently and proved to mean the same.
      return isAboutMeaning(clash) && difference(clash)?.equal === true ? 'mine' : null;
    },
  );
  if (clashes.length > 0) {
    const shown = clashes.map((clash): ShownClash => ({
      ...clash,
      regions: difference(clash)?.regions ?? null,
    }));
    throw new DomainError('draft.clash', { clashes: shown });
  }
  return definition;
}

/** A clash over what a rule says, not over how it is called or where it comes from. */
function isAboutMeaning({ pointer }: Clash): boolean {
  return pointer.endsWith('/conditions');
}

/** How the rule of a clash differs between the two; null for everything else, and where no diff is at hand. */
function ruleDifferences(
  deps: EngineDeps,
  { mine, theirs }: { readonly mine: RulebookDraftRow; readonly theirs: RulebookDraftRow },
): (clash: Clash) => RuleDifference | null {
  const { ruleDifference } = workshopOf(deps);
  const known = new Map<string, RuleDifference>();
  return ({ of }) => {
    if (ruleDifference === undefined || of?.kind !== 'rule') return null;
    const one = compileStored(deps, mine);
    const other = compileStored(deps, theirs);
    if (!one.rules.has(of.id) || !other.rules.has(of.id)) return null;
    const found = known.get(of.id) ?? ruleDifference(one, other, of.id);
    known.set(of.id, found);
    return found;
  };
}
