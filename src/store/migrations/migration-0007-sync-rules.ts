import { Migration } from '@mikro-orm/migrations';

/**
 * A sync point is that of a scheme, an activity or a call; it keeps counts of its members, so that an arrival does not
 * read them all; it can be cancelled; its deadline is an instant. A release is carried to the members by jobs.
 */
export class MigrationSyncRules extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table sync_points
    add column scope_kind text not null default 'scheme' check (scope_kind in ('scheme', 'activity', 'call')),
    add column scope_key text,
    add column template text,
    add column placed_at timestamptz(3),
    add column deadline_on date,
    add column deadline_at timestamptz(3),
    add column deadline_passed_at timestamptz(3),
    add column cancelled_at timestamptz(3),
    add column cancelled_by text,
    add column cancel_reason text,
    add column tally jsonb,
    add column facts jsonb not null default '[]',
    add column unreachable_at timestamptz(3),
    add constraint sync_points_scope check ((scope_kind = 'scheme') = (scope_key is null)),
    add constraint sync_points_end check (released_at is null or cancelled_at is null)`,
  `update sync_points p set placed_at = s.opened_at, deadline_on = (p.deadline->>'on')::date
    from schemes s where s.id = p.scheme`,
  `create index sync_points_scoped on sync_points (scheme, scope_kind, scope_key) where scope_kind <> 'scheme'`,
  `create index sync_points_asking on sync_points (scheme) where facts <> '[]' and released_at is null`,
  `alter table sync_members
    add column why text check (why in ('withdrawn', 'dropped', 'stepped-out')),
    add column parts jsonb,
    add column told_at timestamptz(3)`,
  `create index sync_members_region on sync_members (scheme, region)`,
  `create table sync_templates (
    scheme text not null references schemes (id) deferrable initially deferred,
    id text not null,
    scope text not null check (scope in ('activity', 'call')),
    position int not null,
    definition jsonb not null,
    primary key (scheme, id)
  )`,
];
