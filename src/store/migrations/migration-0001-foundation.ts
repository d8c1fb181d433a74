import { Migration } from '@mikro-orm/migrations';

/**
 * The tables of the foundation. Foreign keys are checked at commit, so that the order in which one
 * transaction writes its rows does not matter. `log_entries` and `receipts` only grow: a trigger says no to
 * everything else.
 */
export class MigrationFoundation extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table schemes (
    id text primary key,
    name jsonb not null,
    starts_on date not null,
    ends_on date not null check (ends_on >= starts_on),
    workflow_id text not null, workflow_version int not null,
    rulebook_id text not null, rulebook_version int not null,
    opened_at timestamptz(3) not null
  )`,
  `create table regions (
    scheme text not null references schemes (id) deferrable initially deferred,
    nuts text not null,
    position int not null,
    name jsonb not null,
    country text not null,
    language text not null,
    zone text not null,
    calendar text not null,
    class text,
    neighbours jsonb not null,
    profile jsonb not null,
    primary key (scheme, nuts)
  )`,
  `create table cycles (
    id uuid primary key,
    scheme text not null,
    region text not null,
    number int not null check (number >= 1),
    stage text not null,
    status text not null check (status in ('active', 'suspended', 'withdrawn', 'closed')),
    snapshot jsonb not null,
    version int not null default 1,
    workflow_id text not null, workflow_version int not null, workflow_hash text not null,
    rulebook_id text not null, rulebook_version int not null, rulebook_hash text not null,
    stage_entered_at timestamptz(3) not null,
    opened_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    foreign key (scheme, region) references regions (scheme, nuts) deferrable initially deferred
  ) with (fillfactor = 70)`,
  // One living cycle of a region at a time; what has ended stays.
  `create unique index cycles_one_living on cycles (scheme, region) where status in ('active', 'suspended')`,
  `create table facts (
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    fact text not null,
    value jsonb not null,
    precision text check (precision in ('day', 'month', 'year', 'approximate')),
    observed_on date,
    evidence text,
    note text,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    cycle_number int not null,
    primary key (cycle_id, fact)
  )`,
  `create table log_entries (
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    sequence int not null check (sequence >= 1),
    kind text not null,
    at timestamptz(3) not null,
    actor_id text not null,
    actor_name text not null,
    actor_role text not null,
    workflow_version int not null, workflow_hash text not null,
    rulebook_version int not null, rulebook_hash text not null,
    details jsonb not null,
    primary key (cycle_id, sequence)
  )`,
  `create table tasks (
    id uuid primary key,
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    scheme text not null,
    region text not null,
    kind text not null check (kind in ('sub-step', 'provide-facts', 'conditional-action')),
    reference text not null,
    stage text not null,
    cycle_number int not null,
    owner text not null,
    labels jsonb not null,
    evidence jsonb,
    facts jsonb not null,
    due_on date,
    status text not null check (status in ('open', 'claimed', 'done', 'cancelled')),
    assignee text,
    note text,
    version int not null default 1,
    opened_at timestamptz(3) not null,
    ended_at timestamptz(3)
  )`,
  `create unique index tasks_one_open on tasks (cycle_id, kind, reference) where status in ('open', 'claimed')`,
  `create index tasks_by_region on tasks (scheme, region, status, due_on)`,
  `create table milestones (
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    cycle_number int not null,
    milestone text not null,
    reached_at timestamptz(3) not null,
    primary key (cycle_id, cycle_number, milestone)
  )`,
  `create table waivers (
    id uuid primary key,
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    cycle_number int not null,
    rule text not null,
    reason text not null check (length(reason) > 0),
    granted_by text not null,
    seconded_by text not null,
    ends_on date not null,
    granted_at timestamptz(3) not null,
    constraint waiver_needs_a_second_person check (granted_by <> seconded_by)
  )`,
  `create table sync_points (
    scheme text not null references schemes (id) deferrable initially deferred,
    id text not null,
    labels jsonb not null,
    milestone text not null,
    rule jsonb not null,
    deadline jsonb not null,
    late_joiner text not null,
    leaver text not null,
    releases jsonb not null,
    released_at timestamptz(3),
    released_with jsonb,
    version int not null default 1,
    primary key (scheme, id)
  )`,
  `create table sync_members (
    scheme text not null,
    sync_point text not null,
    region text not null,
    state text not null check (state in ('waiting', 'arrived', 'left')),
    since timestamptz(3) not null,
    primary key (scheme, sync_point, region),
    foreign key (scheme, sync_point) references sync_points (scheme, id) deferrable initially deferred
  )`,
  `create table accounts (
    id text primary key,
    name text not null,
    role text not null check (role in ('coordinator', 'authority', 'administrator', 'auditor')),
    region text,
    scheme text,
    language text not null,
    email text not null,
    token_hash text not null unique,
    created_at timestamptz(3) not null,
    disabled_at timestamptz(3),
    check ((role = 'authority') = (region is not null))
  )`,
  `create table notices (
    id uuid primary key,
    effect_id text not null,
    account_id text not null references accounts (id) deferrable initially deferred,
    scheme text not null,
    region text,
    cycle_id uuid,
    template text not null,
    language text not null,
    subject text not null,
    body text not null,
    version int not null default 1,
    created_at timestamptz(3) not null,
    read_at timestamptz(3),
    mailed_at timestamptz(3),
    unique (effect_id, account_id)
  )`,
  `create index notices_by_reader on notices (account_id, created_at desc, id desc)`,
  `create table outbox (
    id text primary key,
    sequence bigint generated always as identity,
    type text not null,
    cycle_id uuid,
    payload jsonb not null,
    created_at timestamptz(3) not null,
    leased_until timestamptz(3),
    sent_at timestamptz(3),
    sends int not null default 0
  )`,
  `create index outbox_waiting on outbox (sequence) where sent_at is null`,
  `create index outbox_sent on outbox (sent_at) where sent_at is not null`,
  `create table receipts (
    effect_id text primary key,
    type text not null,
    at timestamptz(3) not null
  )`,
  `create table dead_letters (
    effect_id text primary key,
    type text not null,
    payload jsonb not null,
    reason text not null,
    attempts int not null,
    died_at timestamptz(3) not null,
    retried_at timestamptz(3)
  )`,
  `create table timers (
    id uuid primary key,
    cycle_id uuid,
    task_id uuid,
    effect jsonb not null,
    due_at timestamptz(3) not null,
    fired_at timestamptz(3),
    cancelled_at timestamptz(3)
  )`,
  `create index timers_waiting on timers (due_at) where fired_at is null and cancelled_at is null`,
  `create table incidents (
    id uuid primary key,
    kind text not null,
    cycle_id uuid,
    details jsonb not null,
    raised_at timestamptz(3) not null,
    resolved_at timestamptz(3)
  )`,
  `create table idempotency_keys (
    account_id text not null,
    key text not null,
    fingerprint text not null,
    answer jsonb,
    created_at timestamptz(3) not null,
    primary key (account_id, key)
  )`,
  `create table mails (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    language text not null,
    kept_at timestamptz(3) not null
  )`,
  `create table clock (
    only_row boolean primary key default true check (only_row),
    offset_ms bigint not null
  )`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% only grows: % refused', tg_table_name, lower(tg_op);
    end
  $$`,
  `create trigger log_entries_only_grow before update or delete on log_entries
    for each row execute function refuse_change()`,
  `create trigger receipts_only_grow before update or delete on receipts
    for each row execute function refuse_change()`,
];
