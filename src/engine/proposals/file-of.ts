import { DomainError } from '../../core/terms/domain-error.js';
import type { CallDesk } from './call-desk.js';
import type { ProposalFile } from './dossier.js';

/**
 * A proposal to the call, with the version that the caller has seen.
 *
 * @throws DomainError `proposal.not-found`, `version.stale`
 */
export function fileOf(
  { dossier }: CallDesk,
  proposalId: string,
  expectedVersion: number | null,
): ProposalFile {
  const file = dossier.files.find(({ row }) => row.id === proposalId);
  if (file === undefined) throw new DomainError('proposal.not-found', { proposal: proposalId });
  if (expectedVersion !== null && expectedVersion !== file.row.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: file.row.version });
  }
  return file;
}

/** @throws DomainError `proposal.not-possible` for one that was withdrawn, or after the ranking */
export function requireUnranked({ dossier }: CallDesk, { row }: ProposalFile): void {
  const reason =
    row.status === 'withdrawn'
      ? 'It was withdrawn.'
      : dossier.ranking === null
        ? null
        : 'The ranking is approved.';
  if (reason !== null) throw new DomainError('proposal.not-possible', { reason });
}
