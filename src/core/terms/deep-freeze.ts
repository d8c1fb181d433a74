/**
 * Freezes plain JSON data to its last leaf and hands it back. Definitions are shared by everything that decides;
 * a change in one place would silently change the rules for all.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
