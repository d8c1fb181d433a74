import type { Actor } from './actor.js';

/** What needs more than the role that works with the thing: each by a name of its own, so that it can be given apart. */
export const PERMISSIONS = {
  /** Undo the last decision about a cycle. */
  'cycle.revert': ['coordinator'],
  /** Take a step out of a cycle, or have one done again. */
  'cycle.modify': ['administrator'],
  /** Place a sync point, or give one another last day. */
  'sync-point.place': ['coordinator', 'administrator'],
  /** Bring regions into a sync point or take them out. */
  'sync-point.members': ['coordinator', 'administrator'],
  /** Release a sync point although its rule does not hold. */
  'sync-point.release': ['coordinator'],
  /** Cancel a sync point for good. */
  'sync-point.cancel': ['coordinator', 'administrator'],
  /** Sign what somebody else has proposed. */
  'cycle.sign-modification': ['administrator', 'coordinator'],
} as const satisfies Readonly<Record<string, readonly Actor['role'][]>>;

export type Permission = keyof typeof PERMISSIONS;
