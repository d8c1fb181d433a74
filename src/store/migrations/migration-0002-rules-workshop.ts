import { Migration } from '@mikro-orm/migrations';

/**
 * The tables of the rules workshop: versions of rulebooks, drafts of next versions, and what was done with both.
 * That nobody approves, or signs for, what they have written themselves is a constraint here, so that no fault of
 * the program can get around it. Timers can carry any effect now, not only the reminder of a task.
 */
export class MigrationRulesWorkshop extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  // The definitions are `json`, not `jsonb`: the order in which somebody has written gates and rules is kept.
  `create table rulebook_versions (
    id text not null,
    version int not null check (version >= 1),
    hash text not null,
    definition json not null,
    catalogue_id text not null, catalogue_version int not null,
    effective_from date not null,
    ends_on date check (ends_on >= effective_from),
    origin text not null check (origin in ('file', 'draft', 'roll-back')),
    draft_id uuid,
    emergency boolean not null default false,
    reason text not null,
    published_by text not null,
    published_at timestamptz(3) not null,
    retired_at timestamptz(3),
    retired_by text,
    retired_reason text,
    primary key (id, version),
    check (emergency = (ends_on is not null)),
    check ((origin = 'draft') = (draft_id is not null)),
    check ((retired_at is null) = (retired_by is null))
  )`,
  `create table rulebook_drafts (
    id uuid primary key,
    rulebook text not null,
    base_version int not null, base_hash text not null,
    definition json not null,
    hash text not null,
    snapshot jsonb not null,
    state text not null check (state in ('draft', 'tested', 'approved', 'published', 'retired', 'discarded')),
    author text not null,
    authors jsonb not null,
    reason text not null check (length(reason) > 0),
    version int not null default 1,
    report jsonb,
    check_report jsonb,
    approved_by text, approved_at timestamptz(3),
    signed_by text, signed_at timestamptz(3), signed_reason text,
    emergency boolean not null default false,
    emergency_ends_on date,
    published_version int,
    created_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    foreign key (rulebook, base_version) references rulebook_versions (id, version) deferrable initially deferred,
    constraint draft_names_its_author check (authors @> to_jsonb(author)),
    constraint draft_is_approved_by_another check (approved_by <> author and not authors @> to_jsonb(approved_by)),
    constraint draft_is_signed_by_another check (signed_by <> author and not authors @> to_jsonb(signed_by)),
    constraint draft_is_published_with_four_eyes check (
      state not in ('approved', 'published') or approved_by is not null or (emergency and state = 'published')),
    check (emergency = (emergency_ends_on is not null)),
    check ((state in ('published', 'retired')) = (published_version is not null))
  )`,
  `create index rulebook_drafts_by_change on rulebook_drafts (changed_at desc, id desc)`,
  `create table rulebook_log (
    sequence bigint generated always as identity primary key,
    rulebook text not null,
    version int,
    draft_id uuid,
    kind text not null,
    at timestamptz(3) not null,
    actor_id text not null,
    actor_name text not null,
    actor_role text not null,
    details jsonb not null
  )`,
  `create index rulebook_log_by_draft on rulebook_log (draft_id, sequence) where draft_id is not null`,
  `create trigger rulebook_log_only_grows before update or delete on rulebook_log
    for each row execute function refuse_change()`,
  `create index cycles_by_rulebook on cycles (rulebook_id, rulebook_version)`,
];
