import { Migration } from '@mikro-orm/migrations';

/**
 * Joint calls: what is joint and what each region says for itself are rows of their own, each with its version. Amounts
 * are decimals in text. Opening and closing are days and times as they were announced, with the zone, and the instant.
 */
export class MigrationCalls extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table calls (
    scheme text not null references schemes (id) deferrable initially deferred,
    key text not null check (key ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$' and length(key) <= 40),
    cycle_id uuid not null references cycles (id) deferrable initially deferred,
    title text not null check (length(title) > 0),
    theme text not null check (length(theme) > 0),
    activities jsonb not null default '[]',
    lead text not null,
    pot text not null check (pot in ('virtual', 'real', 'mixed')),
    zone text not null,
    text_final_on date,
    opens_on date,
    opens_time text,
    opens_at timestamptz(3),
    closes_on date,
    closes_time text,
    closes_at timestamptz(3),
    ranking_on date,
    start_on date,
    scoring jsonb not null,
    funding text not null check (funding in ('stop', 'skip')),
    eligibility jsonb not null default '[]',
    rates jsonb not null default '[]',
    frame jsonb not null,
    proposed_by text not null,
    proposed_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    version int not null default 1,
    primary key (scheme, key),
    check ((opens_on is null) = (opens_at is null) and (opens_on is null) = (opens_time is null)),
    check ((closes_on is null) = (closes_at is null) and (closes_on is null) = (closes_time is null))
  )`,
  `create unique index calls_cycle on calls (cycle_id)`,

  `create table call_regions (
    scheme text not null,
    key text not null,
    region text not null,
    state text not null check (state in ('in', 'left', 'dropped', 'withdrawn')),
    state_since timestamptz(3) not null,
    left_reason text,
    annex_published_on date,
    annex_url text,
    eligibility jsonb not null default '[]',
    own_amount text,
    pot_amount text,
    currency text not null check (currency in ('EUR', 'CHF')),
    local_closes_on date,
    local_closes_time text,
    local_zone text not null,
    local_closes_at timestamptz(3),
    constraints jsonb not null,
    ready_at timestamptz(3),
    changed_at timestamptz(3) not null,
    changed_by text not null,
    version int not null default 1,
    primary key (scheme, key, region),
    foreign key (scheme, key) references calls (scheme, key) deferrable initially deferred,
    check ((state = 'in') = (left_reason is null)),
    check ((local_closes_on is null) = (local_closes_at is null)
      and (local_closes_on is null) = (local_closes_time is null))
  )`,
  `create index call_regions_by_region on call_regions (scheme, region)`,
];
