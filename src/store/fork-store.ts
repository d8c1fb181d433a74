import { instantFromMs, type Instant } from '../core/terms/instant.js';
import { databaseClockMs } from './server-health-store.js';
import type { Tx } from './tx.js';

/** How the schemas of forks are called: nothing else may be, as what is old of them is dropped. */
const FORK_SCHEMA = /^fork_[0-9a-f]{32}(_base)?$/;
const FORK_SCHEMAS_LIKE = 'fork\\_%';

/** Copied whole: they are of no scheme. */
const COPIED_WHOLE: ReadonlySet<string> = new Set(['rulebook_versions', 'calendar_closures']);

/**
 * Of these a fork has the table and no row: who is told, what has been sent, what people do beside the course of a
 * scheme, and what is only looked up afterwards. Without accounts nobody can be told anything out of a fork.
 */
const LEFT_EMPTY: ReadonlySet<string> = new Set([
  'accounts',
  'absences',
  'notices',
  'mails',
  'outbox',
  'receipts',
  'dead_letters',
  'idempotency_keys',
  'clock',
  'incidents',
  'incident_actions',
  'decisions',
  'shadow_verdicts',
  'rulebook_drafts',
  'rulebook_log',
  'operations',
  'operation_items',
  'task_comments',
  'cycle_modifications',
]);

/** Only what later steps look back at: steps taken, and the last entry, after which the count goes on. */
const LOG_ENTRIES = `t.kind = 'transition'
  or t.sequence = (select max(l.sequence) from log_entries l where l.cycle_id = t.cycle_id)`;
/** Only what says which of those steps were undone. */
const CYCLE_CHANGES = `t.reverts is not null or exists
  (select 1 from cycle_changes r where r.cycle_id = t.cycle_id and r.reverts = t.sequence)`;

/** Effects that change nothing of a scheme: in a fork nobody is told, and nobody looks after it. */
export const QUIET_EFFECTS: readonly string[] = [
  'notify',
  'deliver-mail',
  'remind',
  'standing-check',
  'doctor',
  'run-operation',
];

/** A schema that holds a fork. Two of one fork are told apart by the end of their names. */
export function forkSchema(id: string, run: 'fork' | 'base'): string {
  return `fork_${id.replaceAll('-', '').toLowerCase()}${run === 'base' ? '_base' : ''}`;
}

/**
 * Makes schemas with the tables of this database and the rows of one scheme, all of them from one unchanging picture:
 * the first statement of its transaction. Checks and indexes are those of the tables; keys to other tables are not
 * checked again.
 */
export async function branchOff(
  tx: Tx,
  branch: { readonly schemas: readonly string[]; readonly scheme: string },
): Promise<void> {
  await tx.execute('set transaction isolation level repeatable read');
  const tables = await listTables(tx);
  const made = instantFromMs(await databaseClockMs(tx));
  for (const schema of branch.schemas) {
    requireForkSchema(schema);
    await tx.execute(`create schema ${schema}`);
    await tx.execute(`comment on schema ${schema} is '${made}'`);
    for (const table of tables) {
      await tx.execute(`create table ${schema}.${table.name} (like ${table.name} including all)`);
      const rows = rowsOf(table);
      if (rows === null) continue;
      const columns = table.columns.map((column) => `"${column}"`).join(', ');
      await tx.execute(
        `insert into ${schema}.${table.name} (${columns}) select ${columns} from ${table.name} t where ${rows}`,
        Array.from({ length: rows.split('?').length - 1 }, () => branch.scheme),
      );
    }
    await copyWaitingEffects(tx, schema, branch.scheme);
    await renameTimers(tx, `${schema}.timers`);
  }
}

/**
 * Gives the timers of a fork ids of their own: the effect of a timer bears its id, and the timer that it was copied from
 * is still to fire. Those that have one already keep it.
 */
export async function renameTimers(tx: Tx, table: string): Promise<void> {
  const renamed = "'fffffffe' || substr(id::text, 9)";
  await tx.execute(
    `update ${table} set id = (${renamed})::uuid,
       effect = case when effect->>'timerId' = id::text
         then jsonb_set(effect, '{timerId}', to_jsonb(${renamed})) else effect end
     where id::text not like 'fffffffe%'`,
  );
}

/** A table of the installation, with the columns that can be written. */
interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

async function listTables(tx: Tx): Promise<readonly CopiedTable[]> {
  const mapped = new Set([...tx.getMetadata().getAll().values()].map(({ tableName }) => tableName));
  const rows = await tx.execute<{ name: string; columns: string[] }[]>(
    `select table_name as name,
       json_agg(column_name order by ordinal_position) filter (where is_identity = 'NO') as columns
     from information_schema.columns where table_schema = current_schema() group by 1 order by 1`,
  );
  return rows.filter(({ name }) => mapped.has(name));
}

/** The condition by which rows of a table are copied, a question mark where the scheme stands; null: none are. */
function rowsOf({ name, columns }: CopiedTable): string | null {
  const ofCycles = 't.cycle_id in (select id from cycles where scheme = ?)';
  if (LEFT_EMPTY.has(name)) return null;
  if (COPIED_WHOLE.has(name)) return 'true';
  if (name === 'schemes') return 't.id = ?';
  if (name === 'log_entries') return `${ofCycles} and (${LOG_ENTRIES})`;
  if (name === 'cycle_changes') return `${ofCycles} and (${CYCLE_CHANGES})`;
  if (name === 'timers') {
    return `(${ofCycles} or t.effect->>'scheme' = ? or t.effect->>'type' = 'expire-rulebook')`;
  }
  if (columns.includes('scheme')) return 't.scheme = ?';
  if (columns.includes('cycle_id')) return ofCycles;
  if (columns.includes('proposal_id')) {
    return 't.proposal_id in (select id from call_proposals where scheme = ?)';
  }
  throw new Error(`a fork does not know what to take of the table ${name}`);
}

/** What has been decided and not applied yet is applied in the fork too; under ids of its own. */
async function copyWaitingEffects(tx: Tx, schema: string, scheme: string): Promise<void> {
  await tx.execute(
    `insert into ${schema}.outbox (id, type, cycle_id, payload, created_at)
     select 'fork:' || o.id, o.type, o.cycle_id, o.payload, o.created_at from outbox o
     where not exists (select 1 from receipts r where r.effect_id = o.id) and o.type not in (?)
       and (o.payload->>'scheme' = ? or o.cycle_id in (select id from cycles where scheme = ?))
     order by o.sequence`,
    [[...QUIET_EFFECTS], scheme, scheme],
  );
}

/** Takes schemas of forks away with everything in them; those that are not there are passed over. */
export async function dropForks(tx: Tx, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) {
    requireForkSchema(schema);
    await tx.execute(`drop schema if exists ${schema} cascade`);
  }
}

/** Schemas of forks that were made before an instant of the machine's clock, or of which nobody knows when; by name. */
export async function listForksBefore(tx: Tx, before: Instant): Promise<readonly string[]> {
  const rows = await tx.execute<{ name: string; made: string | null }[]>(
    `select nspname as name, obj_description(oid, 'pg_namespace') as made from pg_namespace
     where nspname like ? order by nspname`,
    [FORK_SCHEMAS_LIKE],
  );
  return rows
    .filter(({ name, made }) => FORK_SCHEMA.test(name) && (made === null || made < before))
    .map(({ name }) => name);
}

/** When the next timer is due that changes anything in a fork; null: none waits. */
export async function nextTimerAt(tx: Tx): Promise<Instant | null> {
  const [row] = await tx.execute<{ due: string | Date | null }[]>(
    `select min(due_at) as due from timers
     where fired_at is null and cancelled_at is null and held_at is null and effect->>'type' not in (?)`,
    [[...QUIET_EFFECTS]],
  );
  const due = row?.due ?? null;
  return due === null ? null : instantFromMs(new Date(due).getTime());
}

function requireForkSchema(schema: string): void {
  if (!FORK_SCHEMA.test(schema)) throw new Error(`not the schema of a fork: ${schema}`);
}
