export function startTestServer(): Promise<void>;
export function stopTestServer(): Promise<void>;
