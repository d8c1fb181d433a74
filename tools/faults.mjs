/**
 * `npm run test:faults [-- Jest's arguments]`: kills processes and databases at every point, where `npm test` takes a
 * few. CORDATA_FAULTS_SEED tries another chance than the usual one; the seed stands in the names of the tests.
 */
import { runJest } from './run-jest.mjs';

process.env.CORDATA_FAULTS = 'all';
const { passed, failed, exitCode } = await runJest(['test/faults/', ...process.argv.slice(2)]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = exitCode;
