import { reserve, type CallBudget, type MoneyRefusal } from './commitments.js';
import type { RankedProposal } from './ranking.js';

/**
 * What happens below the first proposal that cannot be paid: `stop`, nothing more is funded; `skip`, the next ones are
 * tried, so that one region without money does not end the call for all.
 */
export type FundingPolicy = 'stop' | 'skip';

/** What becomes of a ranked proposal. */
export type FundingOutcome =
  | { readonly proposal: string; readonly rank: number; readonly kind: 'fundable' }
  | {
      readonly proposal: string;
      readonly rank: number;
      readonly kind: 'blocked';
      /** Each region that cannot pay, and why. */
      readonly by: readonly MoneyRefusal[];
    }
  | { readonly proposal: string; readonly rank: number; readonly kind: 'after-the-line' };

/**
 * Goes along the ranking and sets money aside for one proposal after the other, for all of its regions or none.
 *
 * A region that lacks money for one proposal may have it for a later, smaller one: under `skip` that one is funded, and
 * both outcomes say why.
 *
 * @returns the budget with what was set aside
 * @throws DomainError as `reserve`
 */
export function fundAlongRanking(
  ranked: readonly RankedProposal[],
  budget: CallBudget,
  policy: FundingPolicy,
): { readonly budget: CallBudget; readonly outcomes: readonly FundingOutcome[] } {
  const outcomes: FundingOutcome[] = [];
  let left = budget;
  let isStopped = false;
  for (const { proposal, rank } of ranked) {
    if (isStopped) {
      outcomes.push({ proposal: proposal.id, rank, kind: 'after-the-line' });
      continue;
    }
    const change = reserve(left, proposal.id, proposal.requests);
    if (change.kind === 'done') {
      left = change.budget;
      outcomes.push({ proposal: proposal.id, rank, kind: 'fundable' });
    } else {
      outcomes.push({ proposal: proposal.id, rank, kind: 'blocked', by: change.reasons });
      isStopped = policy === 'stop';
    }
  }
  return { budget: left, outcomes };
}
