import { canonicalJson } from '../terms/canonical-json.js';

/** A row as plain JSON, by the names of its properties. Null, never absent, where it says nothing. */
export type RowImage = Readonly<Record<string, unknown>>;

/** The tables whose rows make up the state of a cycle. */
export const JOURNALED_TABLES = ['cycles', 'tasks', 'facts', 'milestones', 'waivers', 'timers'] as const;

export type JournaledTable = (typeof JOURNALED_TABLES)[number];

/** One row that a command has added, changed or taken away. */
export interface RowChange {
  readonly table: JournaledTable;
  /** What tells the row apart within its table and cycle. */
  readonly key: string;
  /** The properties that changed, as they were; the whole row when it was taken away; null: it was not there. */
  readonly before: RowImage | null;
  /** The same properties as they are; the whole row when it was added; null: it is gone. */
  readonly after: RowImage | null;
}

/** The properties in which two images differ, as a change; null when they are the same. */
export function changedProperties(
  before: RowImage,
  after: RowImage,
): { readonly before: RowImage; readonly after: RowImage } | null {
  const names = Object.keys(after).filter(
    (name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null),
  );
  if (names.length === 0) return null;
  const pick = (image: RowImage): RowImage =>
    Object.fromEntries(names.map((name) => [name, image[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
