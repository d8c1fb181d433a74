import { Migration } from '@mikro-orm/migrations';

/**
 * Proposals to joint calls, from submission to the common start. What is said once for good, the ranking, only grows;
 * amounts are decimals in text, read and added in hundredths by the program.
 */
export class MigrationProposals extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table call_proposals (
    id uuid primary key,
    scheme text not null,
    call_key text not null,
    title text not null check (length(title) > 0),
    acronym text not null check (length(acronym) > 0),
    partners jsonb not null,
    status text not null check (status in ('submitted', 'withdrawn')),
    joint jsonb not null,
    submitted_by text not null,
    submitted_at timestamptz(3) not null,
    withdrawn_at timestamptz(3),
    version int not null default 1,
    check ((status = 'withdrawn') = (withdrawn_at is not null))
  )`,
  `create index call_proposals_by_call on call_proposals (scheme, call_key, id)`,
  `create unique index call_proposals_acronym on call_proposals (scheme, call_key, acronym)
    where status = 'submitted'`,

  `create table call_eligibility (
    proposal_id uuid not null references call_proposals (id) deferrable initially deferred,
    region text not null,
    judged jsonb not null,
    judged_at timestamptz(3) not null,
    checked_by text,
    checked_at timestamptz(3),
    overruled text check (overruled in ('eligible', 'ineligible')),
    reason text,
    primary key (proposal_id, region),
    check (overruled is null or (checked_by is not null and length(reason) > 0))
  )`,

  `create table call_experts (
    proposal_id uuid not null references call_proposals (id) deferrable initially deferred,
    expert text not null,
    region text,
    declared_on date,
    has_conflict boolean not null default false,
    assigned_by text not null,
    assigned_at timestamptz(3) not null,
    primary key (proposal_id, expert)
  )`,
  `create table call_reviews (
    proposal_id uuid not null,
    expert text not null,
    scores jsonb not null,
    comments text,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    primary key (proposal_id, expert),
    foreign key (proposal_id, expert) references call_experts (proposal_id, expert) deferrable initially deferred
  )`,
  `create table call_evaluations (
    scheme text not null,
    call_key text not null,
    region text not null,
    closed_on date not null,
    closed_by text not null,
    closed_at timestamptz(3) not null,
    primary key (scheme, call_key, region)
  )`,

  `create table call_rankings (
    scheme text not null,
    call_key text not null,
    approved_on date not null,
    approved_by text not null,
    approved_at timestamptz(3) not null,
    reference text,
    scoring jsonb not null,
    ranked jsonb not null,
    unranked jsonb not null,
    primary key (scheme, call_key)
  )`,
  `create trigger call_rankings_stay before update or delete on call_rankings
    for each row execute function refuse_change()`,

  `create table call_projects (
    proposal_id uuid primary key references call_proposals (id) deferrable initially deferred,
    scheme text not null,
    call_key text not null,
    rank int not null check (rank > 0),
    status text not null check (status in ('funded', 'unpaid', 'after-the-line', 'dropped')),
    unpaid_by jsonb not null,
    grants jsonb not null,
    parted jsonb not null,
    dropped_reason text,
    start_on date,
    check ((status = 'dropped') = (dropped_reason is not null))
  )`,
  `create unique index call_projects_rank on call_projects (scheme, call_key, rank)`,
  `create table call_decisions (
    proposal_id uuid not null references call_proposals (id) deferrable initially deferred,
    region text not null,
    result text not null check (result in ('funds', 'refuses')),
    decided_on date not null,
    amount text,
    currency text check (currency in ('EUR', 'CHF')),
    reference text not null check (length(reference) > 0),
    late_reason text,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    primary key (proposal_id, region),
    check ((result = 'funds') = (amount is not null) and (amount is null) = (currency is null))
  )`,
];
