import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { DatePrecision } from '../core/calendar/date-span.js';
import type { FactScalar, FactValue } from '../core/facts/fact-value.js';
import { changedProperties, type RowChange } from '../core/history/row-change.js';
import { dateColumn, instantColumn } from './columns.js';
import { noteChange } from './journal.js';
import type { Tx } from './tx.js';

export const factTable = defineEntity({
  name: 'Fact',
  tableName: 'facts',
  properties: {
    cycleId: p.uuid().primary(),
    fact: p.string().primary(),
    value: p.json<FactScalar>(),
    precision: p.string().$type<DatePrecision>().nullable(),
    observedOn: dateColumn().nullable(),
    evidence: p.string().nullable(),
    note: p.string().nullable(),
    recordedBy: p.string(),
    recordedAt: instantColumn(),
    cycleNumber: p.integer(),
  },
});

type FactEntity = InferEntity<typeof factTable>;

function factValue(row: FactEntity): FactValue {
  return {
    fact: row.fact,
    value: row.value,
    precision: row.precision ?? null,
    observedOn: row.observedOn ?? null,
    evidence: row.evidence ?? null,
    note: row.note ?? null,
    recordedBy: row.recordedBy,
    recordedAt: row.recordedAt,
    cycleNumber: row.cycleNumber,
  };
}

/** The latest value of every fact ever recorded in the cycle, by name. */
export async function listFacts(tx: Tx, cycleId: string): Promise<readonly FactValue[]> {
  return (await listFactsOf(tx, [cycleId])).get(cycleId) ?? [];
}

/** The facts of many cycles at once, by cycle id. */
export async function listFactsOf(
  tx: Tx,
  cycleIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FactValue[]>> {
  if (cycleIds.length === 0) return new Map();
  // Every decision reads some fifty of them: as plain rows they come three times as fast as as entities.
  const rows = await tx.execute<(FactValue & { readonly cycleId: string })[]>(
    `select cycle_id as "cycleId", fact, value, precision, observed_on::text as "observedOn", evidence, note,
       recorded_by as "recordedBy", cycle_number as "cycleNumber",
       to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
     from facts where cycle_id in (?) order by cycle_id, fact collate "C"`,
    [[...cycleIds]],
  );
  const facts = new Map<string, FactValue[]>();
  for (const { cycleId, ...fact } of rows) {
    const known = facts.get(cycleId);
    if (known === undefined) facts.set(cycleId, [fact]);
    else known.push(fact);
  }
  return facts;
}

/** Writes or replaces the facts of a cycle; earlier values stay in its log. */
export async function putFacts(tx: Tx, cycleId: string, facts: readonly FactValue[]): Promise<void> {
  if (facts.length === 0) return;
  const before = await factsByName(
    tx,
    cycleId,
    facts.map(({ fact }) => fact),
  );
  await tx.upsertMany(
    factTable,
    facts.map((fact) => ({ cycleId, ...fact })),
  );
  for (const fact of facts) {
    const changed = replaced(before.get(fact.fact), fact);
    if (changed !== null) noteChange(tx, cycleId, { table: 'facts', key: fact.fact, ...changed });
  }
}

function replaced(
  before: FactValue | undefined,
  after: FactValue,
): Pick<RowChange, 'before' | 'after'> | null {
  return before === undefined
    ? { before: null, after: { ...after } }
    : changedProperties({ ...before }, { ...after });
}

/** Not from the identity map: `upsertMany` has written past it before. */
async function factsByName(
  tx: Tx,
  cycleId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, FactValue>> {
  const rows = await tx.find(factTable, { cycleId, fact: { $in: [...names] } }, { refresh: true });
  return new Map(rows.map((row) => [row.fact, factValue(row)]));
}

/** Takes facts back: they are unknown again. */
export async function removeFacts(tx: Tx, cycleId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const before = await factsByName(tx, cycleId, names);
  await tx.nativeDelete(factTable, { cycleId, fact: { $in: [...names] } });
  for (const [name, fact] of before) {
    noteChange(tx, cycleId, { table: 'facts', key: name, before: { ...fact }, after: null });
  }
}
