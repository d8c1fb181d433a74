const COUNTER_HEX_DIGITS = 12;

/**
 * Ids for a rehearsal: UUIDs that count up, so that two runs give the same ones and those made later sort later.
 * For a database of the rehearsal's own; elsewhere they would meet those of the run before.
 */
export function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const hex = count.toString(16).padStart(COUNTER_HEX_DIGITS, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
  };
}
