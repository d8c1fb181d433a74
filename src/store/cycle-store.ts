import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import { changedProperties, type RowImage } from '../core/history/row-change.js';
import type { CycleSnapshot, CycleStatus } from '../core/machines/cycle-snapshot.js';
import type { CycleSubject } from '../core/terms/cycle-subject.js';
import type { PinnedDefinition } from '../core/terms/definition-ref.js';
import { instantColumn } from './columns.js';
import { noteChange } from './journal.js';
import type { Tx } from './tx.js';

export const cycleTable = defineEntity({
  name: 'Cycle',
  tableName: 'cycles',
  properties: {
    id: p.uuid().primary(),
    scheme: p.string(),
    /** Where it is the run of an activity or a call: the region that leads. */
    region: p.string(),
    /** Never changes, so that no journal keeps it. */
    subject: p.string().$type<CycleSubject>(),
    number: p.integer(),
    stage: p.string(),
    status: p.string().$type<CycleStatus>(),
    snapshot: p.json<CycleSnapshot>(),
    /** Goes up by one with each change of the cycle or of its facts; the ETag of the API. */
    version: p.integer().version(),
    workflowId: p.string(),
    workflowVersion: p.integer(),
    workflowHash: p.string(),
    rulebookId: p.string(),
    rulebookVersion: p.integer(),
    rulebookHash: p.string(),
    stageEnteredAt: instantColumn(),
    openedAt: instantColumn(),
    changedAt: instantColumn(),
  },
});

type CycleEntity = InferEntity<typeof cycleTable>;
export type CycleRow = Readonly<CycleEntity>;
export type CycleChanges = Partial<
  Pick<
    CycleEntity,
    | 'number'
    | 'stage'
    | 'status'
    | 'snapshot'
    | 'stageEnteredAt'
    | 'workflowVersion'
    | 'workflowHash'
    | 'rulebookVersion'
    | 'rulebookHash'
  >
> & { readonly changedAt: CycleEntity['changedAt'] };

export function addCycle(tx: Tx, cycle: Omit<CycleRow, 'version'>): CycleRow {
  const row = tx.create(cycleTable, { ...cycle });
  tx.persist(row);
  const after = cycleImage({ ...cycle, version: 1 });
  noteChange(tx, cycle.id, { table: 'cycles', key: cycle.id, before: null, after });
  return row;
}

/** The cycle, locked until the transaction ends; null when there is none. */
export async function lockCycle(tx: Tx, id: string): Promise<CycleRow | null> {
  return tx.findOne(cycleTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The cycle as it stands, without a lock; null when there is none. */
export async function findCycle(tx: Tx, id: string): Promise<CycleRow | null> {
  return tx.findOne(cycleTable, { id });
}

/** Writes the changes of a locked cycle and raises its version by one. */
export async function changeCycle(tx: Tx, cycle: CycleRow, changes: CycleChanges): Promise<void> {
  const before = cycleImage(cycle);
  Object.assign(cycle, changes);
  await tx.flush();
  const changed = changedProperties(before, cycleImage(cycle));
  if (changed !== null) noteChange(tx, cycle.id, { table: 'cycles', key: cycle.id, ...changed });
}

/** The row as the journal keeps it: every column that can change, and what it is of. */
export function cycleImage(cycle: CycleRow): RowImage {
  return {
    id: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    number: cycle.number,
    stage: cycle.stage,
    status: cycle.status,
    snapshot: cycle.snapshot,
    version: cycle.version,
    workflowId: cycle.workflowId,
    workflowVersion: cycle.workflowVersion,
    workflowHash: cycle.workflowHash,
    rulebookId: cycle.rulebookId,
    rulebookVersion: cycle.rulebookVersion,
    rulebookHash: cycle.rulebookHash,
    stageEnteredAt: cycle.stageEnteredAt,
    openedAt: cycle.openedAt,
    changedAt: cycle.changedAt,
  };
}

export interface CycleFilter {
  readonly scheme?: string;
  readonly region?: string;
  /** Absent: of everything. */
  readonly subject?: CycleSubject;
  readonly stage?: string;
  /** Cycles after this id in the order of ids. */
  readonly after?: string;
  readonly limit: number;
}

/** Cycles in the order of their ids, at most `limit`. */
export async function listCycles(tx: Tx, filter: CycleFilter): Promise<readonly CycleRow[]> {
  return tx.find(
    cycleTable,
    {
      ...(filter.scheme === undefined ? {} : { scheme: filter.scheme }),
      ...(filter.region === undefined ? {} : { region: filter.region }),
      ...(filter.subject === undefined ? {} : { subject: filter.subject }),
      ...(filter.stage === undefined ? {} : { stage: filter.stage }),
      ...(filter.after === undefined ? {} : { id: { $gt: filter.after } }),
    },
    { orderBy: { id: 'asc' }, limit: filter.limit },
  );
}

/** All cycles of the regions of a scheme, the ended ones included. */
export async function listRegionCycles(tx: Tx, scheme: string): Promise<readonly CycleRow[]> {
  return tx.find(cycleTable, { scheme, subject: 'region' }, { orderBy: { openedAt: 'asc' } });
}

/** The living cycles that are pinned to a rulebook, by id; null for the version: to any of its versions. */
export async function listLivingCycles(
  tx: Tx,
  rulebookId: string,
  rulebookVersion: number | null,
): Promise<readonly CycleRow[]> {
  return tx.find(
    cycleTable,
    {
      rulebookId,
      status: { $in: ['active', 'suspended'] },
      ...(rulebookVersion === null ? {} : { rulebookVersion }),
    },
    { orderBy: { id: 'asc' } },
  );
}

/** How many living cycles are pinned to each version of each rulebook: `<id>/<version>` -> count. */
export async function countLivingCycles(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ id: string; version: number; living: number }[]>(
    `select rulebook_id as id, rulebook_version as version, count(*)::int as living from cycles
     where status in ('active', 'suspended') group by 1, 2`,
  );
  return new Map(rows.map(({ id, version, living }) => [`${id}/${version}`, living]));
}

/** Which workflows and rulebooks the living cycles are pinned to, and how many cycles each. */
export async function listPins(tx: Tx): Promise<
  readonly {
    readonly kind: 'workflow' | 'rulebook';
    readonly pinned: PinnedDefinition;
    readonly cycles: number;
  }[]
> {
  const rows = await tx.execute<
    { kind: 'workflow' | 'rulebook'; id: string; version: number; hash: string; cycles: number }[]
  >(
    `select 'workflow' as kind, workflow_id as id, workflow_version as version, workflow_hash as hash, count(*)::int as cycles
       from cycles where status in ('active', 'suspended') group by 2, 3, 4
     union all
     select 'rulebook', rulebook_id, rulebook_version, rulebook_hash, count(*)::int
       from cycles where status in ('active', 'suspended') group by 2, 3, 4`,
  );
  return rows.map(({ kind, id, version, hash, cycles }) => ({ kind, pinned: { id, version, hash }, cycles }));
}
