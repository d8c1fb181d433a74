import type { RehearsalEvent } from './rehearsal-event.js';

/** One event as one line of JSON, without a line feed. */
export function timelineJson(event: RehearsalEvent): string {
  const { at, on, type, ...detail } = event;
  return JSON.stringify({ at, on, type, ...detail });
}
