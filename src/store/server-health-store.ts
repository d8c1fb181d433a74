import type { Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** Most sessions that are told of. */
const SESSIONS_MAX = 100;

/** A session of this database that holds others up, or is held up. */
export interface HeldSession {
  readonly pid: number;
  /** Since when the session is there, by which it is told apart from a later one with the same pid. */
  readonly since: string;
  /** `idle-in-transaction`: it has done nothing for long and has not ended; `waiting`: for a lock. */
  readonly state: 'idle-in-transaction' | 'waiting';
  /** For how long, in seconds. */
  readonly seconds: number;
  readonly application: string;
  readonly account: string;
  /** What it waits for, as `relation cycles`; null for one that does not wait. */
  readonly lock: string | null;
  /** pids of those that it waits for. */
  readonly blockedBy: readonly number[];
}

/**
 * Sessions that have been idle in a transaction, or have waited for a lock, for longer than so many seconds. What a
 * session of another user does is hidden from a user without `pg_read_all_stats`.
 */
export async function listHeldSessions(
  tx: Tx,
  longer: { readonly idleS: number; readonly waitingS: number },
): Promise<readonly HeldSession[]> {
  return tx.execute<HeldSession[]>(
    `select pid, to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since,
       'idle-in-transaction' as state, extract(epoch from clock_timestamp() - state_change)::int as seconds,
       application_name as application, coalesce(usename, '') as account, null as lock, array[]::int[] as "blockedBy"
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'
       and state_change < clock_timestamp() - make_interval(secs => ?)
     union all
     select distinct on (l.pid) l.pid, to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'waiting', extract(epoch from clock_timestamp() - coalesce(l.waitstart, a.query_start))::int,
       a.application_name, coalesce(a.usename, ''),
       l.locktype || coalesce(' ' || (select relname from pg_class where oid = l.relation), ''), pg_blocking_pids(l.pid)
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where not l.granted and a.datname = current_database() and l.pid <> pg_backend_pid()
       and coalesce(l.waitstart, a.query_start) < clock_timestamp() - make_interval(secs => ?)
     order by pid limit ?`,
    [longer.idleS, longer.waitingS, SESSIONS_MAX],
  );
}

/** The time of the database's machine, in milliseconds since 1970. */
export async function databaseClockMs(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ ms: string | number }[]>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms',
  );
  return Number(row?.ms ?? 0);
}

/** What is dated after an instant although it has happened. */
export interface FromTheFuture {
  readonly cycles: number;
  readonly timers: number;
  readonly latest: Instant;
}

/** Cycles whose last entry in the log, and timers whose firing, is dated after an instant; null: none. */
export async function findFromTheFuture(tx: Tx, after: Instant): Promise<FromTheFuture | null> {
  const [row] = await tx.execute<{ cycles: number; timers: number; latest: Date | string | null }[]>(
    `with late_cycles as (
       select l.at from cycles c cross join lateral (
         select at from log_entries where cycle_id = c.id order by sequence desc limit 1) l where l.at > ?),
     late_timers as (select fired_at as at from timers where fired_at > ?)
     select (select count(*)::int from late_cycles) as cycles, (select count(*)::int from late_timers) as timers,
       greatest((select max(at) from late_cycles), (select max(at) from late_timers)) as latest`,
    [after, after],
  );
  if (row === undefined || row.latest === null) return null;
  return { ...row, latest: new Date(row.latest).toISOString() as Instant };
}
