import { startTestServer, stopTestServer } from './test-server.mjs';

/** Runs once before all tests, in Jest's own process. */
export default async function globalSetup() {
  try {
    await startTestServer();
  } catch (error) {
    // Jest does not tear down what was not set up.
    await stopTestServer();
    throw error;
  }
}
