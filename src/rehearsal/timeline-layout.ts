/** Columns of the timeline, in characters; a terminal of this width shows every line whole. */
export const TIMELINE_WIDTH = 100;
const DATE_WIDTH = 12;
const REGION_WIDTH = 8;
const KIND_WIDTH = 10;
const MARK_WIDTH = 2;

/** Stands before everything that nobody has published. */
export const ASSUMED_MARK = '~';

/** What stands to the left of an entry's text. */
export interface EntryHead {
  readonly on: string;
  readonly region: string;
  readonly kind: string;
  readonly isAssumed: boolean;
}

/** An entry of the timeline: its texts one below the other, each wrapped, with its head at the first line. */
export function layOut(head: EntryHead, texts: readonly string[]): readonly string[] {
  const left = [
    head.on.padEnd(DATE_WIDTH),
    head.region.padEnd(REGION_WIDTH),
    head.kind.padEnd(KIND_WIDTH),
    (head.isAssumed ? ASSUMED_MARK : '').padEnd(MARK_WIDTH),
  ].join('');
  const lines = texts.flatMap((text) => wrap(text, TIMELINE_WIDTH - left.length));
  return lines.map((line, index) => `${index === 0 ? left : ' '.repeat(left.length)}${line}`.trimEnd());
}

/** Breaks a text at its blanks; what follows the first line is indented, a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const INDENT = '  ';
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${INDENT}${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** The head of an entry about these regions: one stands in its column, several are counted there. */
export function headOf(on: string, regions: readonly string[], kind: string): EntryHead {
  const [only] = regions;
  const region = regions.length === 1 && only !== undefined ? only : `${regions.length} reg.`;
  return { on, region, kind, isAssumed: false };
}

/** Several regions stand in the text. */
export function regionText(regions: readonly string[]): readonly string[] {
  return regions.length === 1 ? [] : [`${regions.join(' ')}:`];
}

export function noteText(note: string | null): readonly string[] {
  return note === null ? [] : [`"${note}"`];
}
