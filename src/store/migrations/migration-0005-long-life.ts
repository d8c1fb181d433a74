import { Migration } from '@mikro-orm/migrations';

/**
 * What a cycle needs that lives through hundreds of thousands of steps: its last suspension is found without reading
 * its log, and what a rest leaves behind of tasks and timers is taken away before it fills their pages.
 */
export class MigrationLongLife extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create index log_entries_suspensions on log_entries (cycle_id, sequence)
    where kind = 'transition' and details->>'type' = 'suspend'`,
  `alter table timers set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`,
  `alter table tasks set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`,
];
