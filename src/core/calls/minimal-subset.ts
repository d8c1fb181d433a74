/**
 * A smallest part of `items` that is enough, in that nothing can be left out of it; null where even all are not.
 * Earlier items are preferred. A set that contains an enough one must be enough too.
 *
 * The shortest beginning that is enough ends with an item that is needed; that one is kept and the search goes on
 * before it. So a part of k out of n items costs about k log n questions, where leaving out one after the other
 * costs n.
 *
 * Source: U. Junker, QuickXplain (2004), whose idea of cutting in halves this is.
 */
export function minimalSubset<Item>(
  items: readonly Item[],
  isEnough: (part: readonly Item[]) => boolean,
): Item[] | null {
  if (!isEnough(items)) return null;
  let kept: readonly Item[] = [];
  let candidates = items;
  while (!isEnough(kept)) {
    let [tooFew, enough] = [0, candidates.length];
    while (enough - tooFew > 1) {
      const middle = (tooFew + enough) >>> 1;
      if (isEnough([...kept, ...candidates.slice(0, middle)])) enough = middle;
      else tooFew = middle;
    }
    kept = [...candidates.slice(enough - 1, enough), ...kept];
    candidates = candidates.slice(0, enough - 1);
  }
  return [...kept];
}
