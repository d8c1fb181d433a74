/** `node tools/test.mjs [Jest's arguments]`: runs Jest; the last line is `N passed, N failed`. */
import { runJest } from './run-jest.mjs';

try {
  const { passed, failed, exitCode } = await runJest(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = exitCode;
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
