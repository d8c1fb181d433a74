import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** `skip`: an open step is taken out. `repeat`: a step that has ended is to be done once more. */
export type ModificationKind = 'skip' | 'repeat';

export const modificationTable = defineEntity({
  name: 'CycleModification',
  tableName: 'cycle_modifications',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid(),
    kind: p.string().$type<ModificationKind>(),
    /** Id of the step in the workflow file: A1 to V6. */
    task: p.string(),
    reason: p.string(),
    proposedBy: p.string(),
    proposedAt: instantColumn(),
    /** Null until a second person has signed; then it was done. */
    signedBy: p.string().nullable(),
    signedAt: instantColumn().nullable(),
    withdrawnAt: instantColumn().nullable(),
    version: p.integer().version(),
  },
});

type ModificationEntity = InferEntity<typeof modificationTable>;
export type ModificationRow = Readonly<ModificationEntity>;

export function addModification(
  tx: Tx,
  modification: Omit<ModificationRow, 'version' | 'signedBy' | 'signedAt' | 'withdrawnAt'>,
): ModificationRow {
  const row = tx.create(modificationTable, {
    ...modification,
    signedBy: null,
    signedAt: null,
    withdrawnAt: null,
  });
  tx.persist(row);
  return row;
}

export async function changeModification(
  tx: Tx,
  modification: ModificationRow,
  changes: Partial<Pick<ModificationEntity, 'signedBy' | 'signedAt' | 'withdrawnAt'>>,
): Promise<void> {
  Object.assign(modification, changes);
  await tx.flush();
}

/** The modification, locked until the transaction ends; null when there is none. */
export async function lockModification(tx: Tx, id: string): Promise<ModificationRow | null> {
  return tx.findOne(modificationTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Everything that was ever proposed for a cycle, by the time of proposing. */
export async function listModifications(tx: Tx, cycleId: string): Promise<readonly ModificationRow[]> {
  return tx.find(modificationTable, { cycleId }, { orderBy: { proposedAt: 'asc', id: 'asc' } });
}
