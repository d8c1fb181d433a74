import { pointerOf } from '../../core/terms/problem.js';

/** Something that JSON.parse would accept, or drop, in silence. */
export interface JsonFault {
  readonly pointer: string;
  readonly code: 'json.duplicate-key' | 'json.forbidden-key' | 'json.number-too-large';
  readonly detail: string;
}

export interface JsonInspection {
  /** JSON pointer of the first object or array that lies too deep; null: none does. */
  readonly tooDeepAt: string | null;
  readonly faults: readonly JsonFault[];
}

/** Names with which a parsed object could reach into prototypes. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** One object or array that is open at the place where the scan stands. */
interface Frame {
  /** The keys so far; null for an array. */
  readonly keys: Set<string> | null;
  step: string | number;
}

const NUMBER = /-?\d[\d.eE+-]*/y;
const BLANK_COLON = /\s*:/y;

/**
 * Looks at a JSON text once, from left to right, without recursion and before it is parsed: whether it is nested
 * deeper than `depthMax`, has a key twice (parsers keep the last, readers see the first), a key that could reach
 * a prototype, or a number beyond the doubles (parsed as Infinity). Whether it is JSON at all is for the parser
 * to say.
 */
export function inspectJson(text: string, depthMax: number): JsonInspection {
  const frames: Frame[] = [];
  const faults: JsonFault[] = [];
  let index = 0;
  while (index < text.length) {
    const frame = frames.at(-1);
    switch (text[index]) {
      case '{':
      case '[':
        if (frames.length === depthMax)
          return { tooDeepAt: pointerOf(frames.map(({ step }) => step)), faults };
        frames.push(text[index] === '{' ? { keys: new Set(), step: '' } : { keys: null, step: 0 });
        index += 1;
        break;
      case '}':
      case ']':
        frames.pop();
        index += 1;
        break;
      case ',':
        if (frame !== undefined && typeof frame.step === 'number') frame.step += 1;
        index += 1;
        break;
      case '"': {
        const end = endOfText(text, index);
        BLANK_COLON.lastIndex = end;
        if (frame?.keys && BLANK_COLON.test(text)) {
          frame.step = keyOf(text.slice(index, end));
          faults.push(...judgeKey(frame.step, frame.keys, frames));
          frame.keys.add(frame.step);
        }
        index = end;
        break;
      }
      default:
        index = afterNumber(text, index, frames, faults);
    }
  }
  return { tooDeepAt: null, faults };
}

/** Behind the closing quote of the text that begins at `start`; the end of all where there is none. */
function endOfText(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}

/** With its escapes resolved, so that a key cannot hide behind them. */
function keyOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function judgeKey(key: string, before: ReadonlySet<string>, frames: readonly Frame[]): readonly JsonFault[] {
  const pointer = pointerOf(frames.map(({ step }) => step));
  if (FORBIDDEN_KEYS.has(key)) {
    return [{ pointer, code: 'json.forbidden-key', detail: `No object here may have a key ${key}.` }];
  }
  if (!before.has(key)) return [];
  return [{ pointer, code: 'json.duplicate-key', detail: `The key ${key} stands in this object twice.` }];
}

function afterNumber(text: string, index: number, frames: readonly Frame[], faults: JsonFault[]): number {
  NUMBER.lastIndex = index;
  const [number] = NUMBER.exec(text) ?? [];
  if (number === undefined) return index + 1;
  if (Math.abs(Number(number)) === Infinity) {
    const pointer = pointerOf(frames.map(({ step }) => step));
    faults.push({ pointer, code: 'json.number-too-large', detail: 'The number is beyond what can be kept.' });
  }
  return index + number.length;
}
