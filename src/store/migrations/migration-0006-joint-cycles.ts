import { Migration } from '@mikro-orm/migrations';

/** A cycle can be the run of an activity or of a call as well: many of these live in the region that leads them. */
export class MigrationJointCycles extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table cycles add column subject text not null default 'region'
    check (subject in ('region', 'activity', 'call'))`,
  `drop index cycles_one_living`,
  `create unique index cycles_one_living on cycles (scheme, region)
    where subject = 'region' and status in ('active', 'suspended')`,
  `create index cycles_joint on cycles (scheme, subject) where subject <> 'region'`,
];
