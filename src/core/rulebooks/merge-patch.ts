import { pointerTo, type Problem } from '../terms/problem.js';

/** How deep a merge patch may lie in itself; no rulebook within the limits of its format reaches it. */
export const PATCH_NESTING_MAX = 60;

/** Names with which a plain object could reach into prototypes. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type Patched = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/**
 * Applies a JSON Merge Patch (RFC 7396): objects are merged key by key, null takes a key away, everything else, a
 * list included, replaces what was there. Neither argument is changed.
 *
 * Refused with its place: `patch.forbidden-key` (`__proto__`, `constructor`, `prototype`) and `patch.too-deep`.
 */
export function mergePatch(target: unknown, patch: unknown): Patched {
  const problems: Problem[] = [];
  const value = merged(target, patch, { pointer: '', depth: 0 }, problems);
  return problems.length > 0 ? { problems } : { value };
}

interface Place {
  readonly pointer: string;
  readonly depth: number;
}

function merged(target: unknown, patch: unknown, place: Place, problems: Problem[]): unknown {
  if (!isObject(patch)) return patch;
  if (place.depth > PATCH_NESTING_MAX) {
    const message = `A patch is nested at most ${PATCH_NESTING_MAX} deep.`;
    problems.push({ pointer: place.pointer, code: 'patch.too-deep', message });
    return null;
  }
  const parts = new Map<string, unknown>(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    const at: Place = { pointer: pointerTo(place.pointer, key), depth: place.depth + 1 };
    if (FORBIDDEN_KEYS.has(key)) {
      const message = `No object here may have a key ${key}.`;
      problems.push({ pointer: at.pointer, code: 'patch.forbidden-key', message });
    } else if (value === null) {
      parts.delete(key);
    } else {
      parts.set(key, merged(parts.get(key), value, at, problems));
    }
  }
  return Object.fromEntries(parts);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
