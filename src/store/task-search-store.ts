import type { Instant } from '../core/terms/instant.js';
import type { StakeholderRole } from '../core/terms/role.js';
import { taskTable, type TaskFilter, type TaskKind, type TaskPriority, type TaskRow } from './task-store.js';
import type { Tx } from './tx.js';

/** Which tasks are wanted. `region`: tasks of its cycle, and those that its people act on for another one. */
export interface TaskSearch extends Omit<TaskFilter, 'owners'> {
  readonly kind?: TaskKind;
  readonly priority?: TaskPriority;
  /** Account id. */
  readonly assignee?: string;
  /** Only those that still wait although their due day has passed, at this instant, where their people act. */
  readonly overdueAt?: Instant;
  /** Only what this reader finds; absent: everything. */
  readonly reader?: TaskReader;
}

/** A reader of one region, with those in whose place they act. */
export interface TaskReader {
  /** NUTS code. */
  readonly region: string;
  /** Of these the tasks of the region are theirs to see. */
  readonly roles: readonly StakeholderRole[];
  /** Account ids: what they were named for or given is to be seen too. */
  readonly people: readonly string[];
}

interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Tasks in the order of their ids, at most `limit`. */
export async function searchTasks(tx: Tx, search: TaskSearch): Promise<readonly TaskRow[]> {
  const conditions = conditionsOf(search);
  const rows = await tx.execute<{ id: string }[]>(
    `select t.id from tasks t left join regions r on r.scheme = t.scheme and r.nuts = t.acting_region
     where ${conditions.map(({ sql }) => `(${sql})`).join(' and ')} order by t.id limit ?`,
    [...conditions.flatMap(({ values }) => values), search.limit],
  );
  return tx.find(taskTable, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { id: 'asc' } });
}

function conditionsOf(search: TaskSearch): readonly Condition[] {
  const { scheme, region, cycleId, status, kind, priority, assignee, after, overdueAt, reader } = search;
  return [
    { sql: 'true', values: [] },
    ...equal('t.scheme', scheme),
    ...(region === undefined ? [] : [{ sql: '? in (t.region, t.acting_region)', values: [region] }]),
    ...equal('t.cycle_id', cycleId),
    ...equal('t.status', status),
    ...equal('t.kind', kind),
    ...equal('t.priority', priority),
    ...equal('t.assignee', assignee),
    ...(after === undefined ? [] : [{ sql: 't.id > ?', values: [after] }]),
    ...(overdueAt === undefined
      ? []
      : [
          {
            sql: `t.status in ('open', 'claimed', 'parked') and t.due_on < (?::timestamptz at time zone r.zone)::date`,
            values: [overdueAt],
          },
        ]),
    ...(reader === undefined ? [] : [seenBy(reader)]),
  ];
}

function equal(column: string, value: string | undefined): readonly Condition[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }];
}

function seenBy({ region, roles, people }: TaskReader): Condition {
  const among = (list: readonly string[]): string => `(${list.map(() => '?').join(', ')})`;
  const holds = (column: string, list: readonly string[]): string =>
    `exists (select 1 from jsonb_array_elements_text(t.${column}) as one (name) where one.name in ${among(list)})`;
  return {
    sql: `(? in (t.region, t.acting_region) and ${holds('candidate_roles', roles)})
      or t.assignee in ${among(people)} or ${holds('candidate_people', people)}`,
    values: [region, ...roles, ...people, ...people],
  };
}
