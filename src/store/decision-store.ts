import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { FactValue } from '../core/facts/fact-value.js';
import type { Verdict, VerdictWord } from '../core/gates/verdict.js';
import type { StepEvent } from '../core/machines/workflow-schema.js';
import { dateColumn, instantColumn } from './columns.js';
import type { Tx } from './tx.js';
import type { WaiverRow } from './waiver-store.js';

/** A waiver as it stood at the decision. */
export type DecisionWaiver = Pick<
  WaiverRow,
  'id' | 'rule' | 'reason' | 'grantedBy' | 'secondedBy' | 'endsOn'
>;

export const decisionTable = defineEntity({
  name: 'Decision',
  tableName: 'decisions',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid(),
    /** Of the entry of the cycle's log that tells of it. */
    sequence: p.integer(),
    scheme: p.string(),
    region: p.string(),
    cycleNumber: p.integer(),
    at: instantColumn(),
    today: dateColumn(),
    actorId: p.string(),
    actorName: p.string(),
    actorRole: p.string(),
    event: p.string().$type<StepEvent>(),
    gate: p.string(),
    /** The stage behind the gate. */
    target: p.string(),
    /** `refused` with a verdict that opens: the two evaluators did not agree. */
    outcome: p.string().$type<'moved' | 'refused'>(),
    verdictWord: p.string().$type<VerdictWord>(),
    workflowId: p.string(),
    workflowVersion: p.integer(),
    workflowHash: p.string(),
    rulebookId: p.string(),
    rulebookVersion: p.integer(),
    rulebookHash: p.string(),
    calendar: p.string(),
    neighbourCalendars: p.json<readonly string[]>(),
    verdict: p.json<Verdict>(),
    /** Everything that was known of the cycle, in the order of recording, whether or not a rule asked for it. */
    facts: p.json<readonly FactValue[]>(),
    stale: p.json<readonly string[]>(),
    waivers: p.json<readonly DecisionWaiver[]>(),
  },
});

export type DecisionRow = Readonly<InferEntity<typeof decisionTable>>;

/** Writes a decision; its log entry is in the same transaction. */
export async function addDecision(tx: Tx, decision: DecisionRow): Promise<void> {
  await tx.insert(decisionTable, { ...decision });
}

/** Null when there is none of this id. */
export async function findDecision(tx: Tx, id: string): Promise<DecisionRow | null> {
  return tx.findOne(decisionTable, { id });
}

/** The decisions of these ids, in no order; those that do not exist are left out. */
export async function findDecisions(tx: Tx, ids: readonly string[]): Promise<readonly DecisionRow[]> {
  return ids.length === 0
    ? []
    : tx.find(decisionTable, { id: { $in: [...ids] } }, { disableIdentityMap: true });
}

export interface DecisionFilter {
  readonly cycleId?: string;
  readonly region?: string;
  readonly gate?: string;
  readonly verdict?: VerdictWord;
  readonly rulebookId?: string;
}

function where(filter: DecisionFilter) {
  return {
    ...(filter.cycleId === undefined ? {} : { cycleId: filter.cycleId }),
    ...(filter.region === undefined ? {} : { region: filter.region }),
    ...(filter.gate === undefined ? {} : { gate: filter.gate }),
    ...(filter.verdict === undefined ? {} : { verdictWord: filter.verdict }),
    ...(filter.rulebookId === undefined ? {} : { rulebookId: filter.rulebookId }),
  };
}

/**
 * Decisions in the order of their ids, which is that in which they were taken, at most `limit`. Not kept in the
 * transaction's memory: whoever reads all of them reads thousands.
 */
export async function listDecisions(
  tx: Tx,
  filter: DecisionFilter & { readonly after?: string; readonly limit: number },
): Promise<readonly DecisionRow[]> {
  return tx.find(
    decisionTable,
    { ...where(filter), ...(filter.after === undefined ? {} : { id: { $gt: filter.after } }) },
    { orderBy: { id: 'asc' }, limit: filter.limit, disableIdentityMap: true },
  );
}

/** A decision without what came out: what it rests on is half of it, and enough to work it out again. */
export type DecisionBasis = Omit<DecisionRow, 'verdict'>;

/** As `listDecisions`, without the verdicts. */
export async function listDecisionBases(
  tx: Tx,
  filter: DecisionFilter & { readonly after?: string; readonly limit: number },
): Promise<readonly DecisionBasis[]> {
  const rows = await tx.find(
    decisionTable,
    { ...where(filter), ...(filter.after === undefined ? {} : { id: { $gt: filter.after } }) },
    { orderBy: { id: 'asc' }, limit: filter.limit, exclude: ['verdict'], disableIdentityMap: true },
  );
  // What is excluded is gone from the type of the columns, not from the marks that MikroORM keeps beside them.
  return rows as unknown as readonly DecisionBasis[];
}

export async function countDecisions(tx: Tx, filter: DecisionFilter): Promise<number> {
  return tx.count(decisionTable, where(filter));
}

/** Entries of the log that name a decision which is not there (or is another entry's), at most `limit`. */
export async function listLostDecisions(
  tx: Tx,
  limit: number,
): Promise<readonly { readonly id: string; readonly cycleId: string; readonly sequence: number }[]> {
  return tx.execute<{ id: string; cycleId: string; sequence: number }[]>(
    `select l.details->>'decision' as id, l.cycle_id as "cycleId", l.sequence
     from log_entries l
     where l.details->>'decision' is not null and not exists (
       select 1 from decisions d
       where d.id::text = l.details->>'decision' and d.cycle_id = l.cycle_id and d.sequence = l.sequence)
     order by l.cycle_id, l.sequence limit ?`,
    [limit],
  );
}

/** The seals that the log has of these decisions, by id; one that no entry names is absent. */
export async function findSeals(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.execute<{ id: string; seal: string }[]>(
    `select details->>'decision' as id, details->>'seal' as seal from log_entries
     where details->>'decision' is not null and details->>'decision' in (?)`,
    [[...ids]],
  );
  return new Map(rows.map(({ id, seal }) => [id, seal]));
}
