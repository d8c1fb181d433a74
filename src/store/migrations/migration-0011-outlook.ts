import { Migration } from '@mikro-orm/migrations';

/** The moves of cycles from state to state are the history of forecasts: they are found without reading every step. */
export class MigrationOutlook extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create index log_entries_moves on log_entries (cycle_id, sequence)
    where kind = 'transition' and details->>'from' <> details->>'to'`,
];
