import type { ActivityRow } from '../../store/activity-store.js';

/** By what the sync points of an activity go. */
export function scopeOf({ scheme, key }: Pick<ActivityRow, 'scheme' | 'key'>): {
  readonly scheme: string;
  readonly scope: { readonly kind: 'activity'; readonly key: string };
} {
  return { scheme, scope: { kind: 'activity', key } };
}
