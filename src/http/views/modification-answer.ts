import type { z } from 'zod';
import type { readModifications } from '../../engine/way-back/read-modifications.js';
import type { modificationSchema } from '../schemas/way-back.js';

type Modification = Awaited<ReturnType<typeof readModifications>>[number];

export function modificationAnswer(modification: Modification): z.output<typeof modificationSchema> {
  return {
    id: modification.id,
    cycle: modification.cycleId,
    kind: modification.kind,
    task: modification.task,
    reason: modification.reason,
    proposedBy: modification.proposedBy,
    proposedAt: modification.proposedAt,
    signedBy: modification.signedBy ?? null,
    signedAt: modification.signedAt ?? null,
    withdrawnAt: modification.withdrawnAt ?? null,
    version: modification.version,
  };
}
