import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { entities } from './entities.js';
import { freeLostConnections } from './free-lost-connections.js';
import { MigrationFoundation } from './migrations/migration-0001-foundation.js';
import { MigrationRulesWorkshop } from './migrations/migration-0002-rules-workshop.js';
import { MigrationDecisions } from './migrations/migration-0003-decisions.js';
import { MigrationDurableEngine } from './migrations/migration-0004-durable-engine.js';
import { MigrationLongLife } from './migrations/migration-0005-long-life.js';
import { MigrationJointCycles } from './migrations/migration-0006-joint-cycles.js';
import { MigrationSyncRules } from './migrations/migration-0007-sync-rules.js';
import { MigrationActivities } from './migrations/migration-0008-activities.js';
import { MigrationCalls } from './migrations/migration-0009-calls.js';
import { MigrationProposals } from './migrations/migration-0010-proposals.js';
import { MigrationOutlook } from './migrations/migration-0011-outlook.js';

const POOL_CONNECTIONS_MAX = 16;
const CONNECT_TIMEOUT_MS = 5_000;

/** How MikroORM works on the database at `url`. */
export function ormOptions(url: string) {
  return defineConfig({
    clientUrl: url,
    entities: [...entities],
    extensions: [Migrator],
    migrations: {
      tableName: 'schema_migrations',
      snapshot: false,
      silent: true,
      migrationsList: [
        { name: 'migration-0001-foundation', class: MigrationFoundation },
        { name: 'migration-0002-rules-workshop', class: MigrationRulesWorkshop },
        { name: 'migration-0003-decisions', class: MigrationDecisions },
        { name: 'migration-0004-durable-engine', class: MigrationDurableEngine },
        { name: 'migration-0005-long-life', class: MigrationLongLife },
        { name: 'migration-0006-joint-cycles', class: MigrationJointCycles },
        { name: 'migration-0007-sync-rules', class: MigrationSyncRules },
        { name: 'migration-0008-activities', class: MigrationActivities },
        { name: 'migration-0009-calls', class: MigrationCalls },
        { name: 'migration-0010-proposals', class: MigrationProposals },
        { name: 'migration-0011-outlook', class: MigrationOutlook },
      ],
    },
    // No ambient context: whoever needs a transaction is handed it.
    allowGlobalContext: false,
    discovery: { warnWhenNoEntities: true },
    pool: { min: 0, max: POOL_CONNECTIONS_MAX },
    driverOptions: { connectionTimeoutMillis: CONNECT_TIMEOUT_MS, onPoolCreated: freeLostConnections },
    forceUtcTimezone: true,
    debug: false,
  });
}
