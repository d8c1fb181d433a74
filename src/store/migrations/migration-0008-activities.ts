import { Migration } from '@mikro-orm/migrations';

/** Transformative activities: each the record of one joint cycle, and the part of every region in it. */
export class MigrationActivities extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table activities (
    scheme text not null references schemes (id),
    key text not null,
    cycle_id uuid not null unique references cycles (id),
    name jsonb not null,
    theme text not null,
    linked_projects jsonb not null,
    driver jsonb,
    origins jsonb not null,
    merged_into text,
    version integer not null default 1,
    proposed_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    primary key (scheme, key)
  )`,
  `create table activity_regions (
    scheme text not null,
    activity text not null,
    region text not null,
    state text not null check (state in ('proposed', 'confirmed', 'left')),
    since timestamptz(3) not null,
    primary key (scheme, activity, region),
    foreign key (scheme, activity) references activities (scheme, key),
    foreign key (scheme, region) references regions (scheme, nuts)
  )`,
  'create index activity_regions_by_region on activity_regions (scheme, region)',
];
