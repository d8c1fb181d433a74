import { Migration } from '@mikro-orm/migrations';

/**
 * What lets a cycle live for years: the journal from which every state is rebuilt, timers that rest with their
 * cycle, tasks for people who are away or have left, work that was put right by two persons, operations over many
 * cycles, and what was done about incidents. `cycle_changes` and `incident_actions` only grow.
 */
export class MigrationDurableEngine extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  // One row for each command that has changed a cycle: `first_sequence` to `sequence` are its entries in the log.
  `create table cycle_changes (
    cycle_id uuid not null,
    sequence int not null,
    first_sequence int not null check (first_sequence between 1 and sequence),
    at timestamptz(3) not null,
    changes jsonb not null,
    effects jsonb not null,
    reverts int check (reverts < sequence),
    primary key (cycle_id, sequence),
    foreign key (cycle_id, sequence) references log_entries (cycle_id, sequence) deferrable initially deferred
  )`,
  // A command is reverted once.
  `create unique index cycle_changes_reverted_once on cycle_changes (cycle_id, reverts) where reverts is not null`,
  `create trigger cycle_changes_only_grow before update or delete on cycle_changes
    for each row execute function refuse_change()`,

  `alter table timers
    add column stage text,
    add column name text,
    add column policy text not null default 'keep' check (policy in ('keep', 'freeze', 'restart')),
    add column delay jsonb,
    add column held_at timestamptz(3)`,
  `drop index timers_waiting`,
  `create index timers_waiting on timers (due_at)
    where fired_at is null and cancelled_at is null and held_at is null`,
  `create index timers_by_cycle on timers (cycle_id) where fired_at is null and cancelled_at is null`,
  `create index timers_by_task on timers (task_id) where fired_at is null and cancelled_at is null`,
  `create unique index timers_one_of_a_name on timers (cycle_id, stage, name)
    where name is not null and fired_at is null and cancelled_at is null`,

  `alter table tasks
    add column acting_region text,
    add column candidate_roles jsonb,
    add column candidate_people jsonb not null default '[]',
    add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
    add column target jsonb,
    add column when_suspended text not null default 'freeze'
      check (when_suspended in ('keep', 'freeze', 'restart')),
    add column delegated_by text,
    add column extension jsonb,
    add column evidence_given text`,
  `update tasks set acting_region = region, candidate_roles = jsonb_build_array(owner)`,
  `alter table tasks alter column acting_region set not null, alter column candidate_roles set not null`,
  `alter table tasks drop constraint tasks_kind_check, drop constraint tasks_status_check`,
  `alter table tasks
    add constraint tasks_kind_check check
      (kind in ('sub-step', 'provide-facts', 'conditional-action', 'standing-rule', 'consultation')),
    add constraint tasks_status_check check
      (status in ('open', 'claimed', 'parked', 'done', 'cancelled', 'skipped'))`,
  `drop index tasks_one_open`,
  `create unique index tasks_one_open on tasks (cycle_id, kind, reference, acting_region)
    where status in ('open', 'claimed', 'parked')`,
  `create index tasks_by_cycle on tasks (cycle_id)`,
  `create index tasks_by_acting_region on tasks (acting_region, status, due_on)`,
  `create index tasks_by_assignee on tasks (assignee) where status in ('open', 'claimed', 'parked')`,
  `create table task_comments (
    id uuid primary key,
    task_id uuid not null references tasks (id) deferrable initially deferred,
    account_id text not null,
    account_name text not null,
    text text not null check (length(text) > 0),
    at timestamptz(3) not null
  )`,
  `create index task_comments_by_task on task_comments (task_id, id)`,

  `create table absences (
    id uuid primary key,
    account_id text not null references accounts (id) deferrable initially deferred,
    substitute_id text not null references accounts (id) deferrable initially deferred,
    from_on date not null,
    to_on date not null check (to_on >= from_on),
    created_by text not null,
    created_at timestamptz(3) not null,
    ended_at timestamptz(3),
    constraint nobody_stands_in_for_themselves check (account_id <> substitute_id)
  )`,
  `create index absences_by_account on absences (account_id, from_on)`,
  `create index absences_by_substitute on absences (substitute_id, from_on)`,
  `alter table accounts add column disabled_by text, add column disabled_reason text`,
  `alter table accounts drop constraint accounts_role_check`,
  `alter table accounts add constraint accounts_role_check
    check (role in ('coordinator', 'authority', 'administrator', 'auditor', 'steering_group'))`,

  // A closure that was taken back counts for what was decided while it stood.
  `create table calendar_closures (
    id uuid primary key,
    calendar text not null,
    date date not null,
    label text not null check (length(label) > 0),
    added_by text not null,
    added_at timestamptz(3) not null,
    removed_by text,
    removed_at timestamptz(3),
    check ((removed_at is null) = (removed_by is null))
  )`,
  `create unique index calendar_closures_once on calendar_closures (calendar, date) where removed_at is null`,

  `create table cycle_modifications (
    id uuid primary key,
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    kind text not null check (kind in ('skip', 'repeat')),
    task text not null,
    reason text not null check (length(reason) > 0),
    proposed_by text not null,
    proposed_at timestamptz(3) not null,
    signed_by text,
    signed_at timestamptz(3),
    withdrawn_at timestamptz(3),
    version int not null default 1,
    constraint modification_needs_a_second_person check (proposed_by <> signed_by)
  )`,
  `create index cycle_modifications_by_cycle on cycle_modifications (cycle_id, proposed_at)`,

  `create table operations (
    id uuid primary key,
    verb text not null check (verb in ('advance', 'suspend', 'resume', 'reassign', 'remind', 'migrate', 'revert-migration')),
    scheme text,
    filter jsonb not null,
    parameters jsonb not null,
    status text not null check (status in ('planned', 'running', 'cancelled', 'done')),
    actor jsonb not null,
    reason text not null,
    version int not null default 1,
    planned_at timestamptz(3) not null,
    started_at timestamptz(3),
    ended_at timestamptz(3)
  )`,
  `create table operation_items (
    operation_id uuid not null references operations (id) deferrable initially deferred,
    position int not null,
    kind text not null check (kind in ('cycle', 'task')),
    subject uuid not null,
    region text not null,
    status text not null check (status in ('waiting', 'done', 'refused', 'failed', 'cancelled', 'unchanged')),
    plan jsonb not null,
    outcome jsonb,
    at timestamptz(3),
    primary key (operation_id, position),
    unique (operation_id, subject)
  )`,
  `create index operation_items_waiting on operation_items (operation_id, position) where status = 'waiting'`,

  // A member whose cycle rests is neither waited for nor gone.
  `alter table sync_members drop constraint sync_members_state_check`,
  `alter table sync_members add constraint sync_members_state_check
    check (state in ('waiting', 'arrived', 'resting', 'left'))`,

  `alter table incidents add column subject text not null default ''`,
  `create unique index incidents_one_of_a_subject on incidents (kind, subject)
    where subject <> '' and resolved_at is null`,
  `create table incident_actions (
    id uuid primary key,
    incident_id uuid not null references incidents (id) deferrable initially deferred,
    action text not null check (action in ('retry', 'resolve')),
    reason text not null,
    outcome jsonb not null,
    actor_id text not null,
    actor_name text not null,
    at timestamptz(3) not null
  )`,
  `create index incident_actions_by_incident on incident_actions (incident_id, at)`,
  `create trigger incident_actions_only_grow before update or delete on incident_actions
    for each row execute function refuse_change()`,
];
