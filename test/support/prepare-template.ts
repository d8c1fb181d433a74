/** Brings the template to the schema the tests expect; every test database is a copy of it. */
export { migrateDatabase } from '../../src/store/migrate-database.js';
