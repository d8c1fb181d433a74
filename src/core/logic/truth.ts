/**
 * A truth value of Kleene's strong three-valued logic; null is *unknown*: it would turn out true or false if more
 * were known. Whatever is definite stays so when an unknown becomes known.
 *
 * Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
 */
export type Truth = boolean | null;

/** False if one is false, else unknown if one is unknown, else true. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

/** True if one is true, else unknown if one is unknown, else false. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

/** The opposite; unknown stays unknown. */
export function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
