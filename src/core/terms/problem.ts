/** One fault found in a definition or an input, where it is and what is wrong. */
export interface Problem {
  /** JSON pointer (RFC 6901) into the document; the empty string is the whole document. */
  readonly pointer: string;
  /** Stable words, e.g. `rule.empty-group`. */
  readonly code: string;
  /** One English sentence for the person who edits the document. */
  readonly message: string;
}

/** Extends a JSON pointer by one step, escaped as RFC 6901 asks. */
export function pointerTo(base: string, step: string | number): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The JSON pointer of a path of keys and indexes. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((pointer, step) => pointerTo(pointer, String(step)), '');
}
