import { canonicalJson } from '../../core/terms/canonical-json.js';

/** Whether two JSON values are the same, bit for bit but for the order of keys, which a database does not keep. */
export function sameValue(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other);
}
