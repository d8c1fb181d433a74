import { stopTestServer } from './test-server.mjs';

/** Runs once after all tests, in Jest's own process. */
export default stopTestServer;
