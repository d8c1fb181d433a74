import type { z } from 'zod';
import type { readHistory } from '../../engine/cycles/read-history.js';
import type { historyPageSchema } from '../schemas/history.js';

type Entry = Awaited<ReturnType<typeof readHistory>>[number];

/** The machine's own snapshot stays inside: it is for a replay, and its form is not promised to anybody. */
export function historyEntryAnswer(entry: Entry): z.output<typeof historyPageSchema>['items'][number] {
  const { snapshot: _snapshot, ...details } = entry.details;
  return {
    sequence: entry.sequence,
    kind: entry.kind,
    at: entry.at,
    actor: { id: entry.actorId, name: entry.actorName, role: entry.actorRole },
    workflow: { version: entry.workflowVersion, hash: entry.workflowHash },
    rulebook: { version: entry.rulebookVersion, hash: entry.rulebookHash },
    details,
  };
}
