import { writeCursor } from '../requests/cursor.js';

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/**
 * Cuts a page from rows that were read with one more than it holds: whether that one is there tells if the list
 * goes on.
 *
 * @param page.list name of the list that the cursor belongs to
 * @param page.keyOf where the list goes on after a row
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  page: {
    readonly list: string;
    readonly limit: number;
    readonly keyOf: (row: Row) => unknown;
    readonly present: (row: Row) => Item;
  },
): Page<Item> {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const goesOn = rows.length > shown.length && last !== undefined;
  return {
    items: shown.map(page.present),
    nextCursor: goesOn ? writeCursor(page.list, page.keyOf(last)) : null,
  };
}
