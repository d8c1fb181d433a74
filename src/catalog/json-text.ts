import { JSON_NESTING_MAX } from '../core/terms/canonical-json.js';
import { pointerOf, type Problem } from '../core/terms/problem.js';

/** An object or array that is open at the place of reading. */
interface Frame {
  /** The keys so far, each with its value's place; null for an array. */
  readonly keys: Set<string> | null;
  /** The key or index of the value that is being read; null while a key is expected. */
  step: string | number | null;
}

/** A JSON text as a value, or why it is none. */
export type JsonReading = { readonly value: unknown } | { readonly problem: Problem };

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs;

/**
 * Reads a JSON text. Refused besides broken JSON: nesting deeper than `JSON_NESTING_MAX`, before anything recurses
 * into it, and a key that is twice in one object, of which `JSON.parse` would silently keep the last.
 */
export function readJsonText(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: { pointer: '', code: 'definition.unreadable', message } };
  }
  const problem = judgeShape(text);
  return problem === null ? { value } : { problem };
}

/** @param text is valid JSON, so that a string and a sign outside strings are all there is to look at */
function judgeShape(text: string): Problem | null {
  const frames: Frame[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token === '{' || token === '[') {
      if (frames.length === JSON_NESTING_MAX) {
        const message = `nested deeper than ${JSON_NESTING_MAX}`;
        return { pointer: pointerTo(frames), code: 'json.too-deep', message };
      }
      frames.push(token === '{' ? { keys: new Set(), step: null } : { keys: null, step: 0 });
    } else if (token === '}' || token === ']') {
      frames.pop();
    } else if (token === ',') {
      if (frame !== undefined) frame.step = typeof frame.step === 'number' ? frame.step + 1 : null;
    } else if (frame?.keys != null && frame.step === null) {
      frame.step = String(JSON.parse(token));
      if (frame.keys.has(frame.step)) {
        return {
          pointer: pointerTo(frames),
          code: 'json.key-twice',
          message: `the key ${token} is there twice`,
        };
      }
      frame.keys.add(frame.step);
    }
  }
  return null;
}

function pointerTo(frames: readonly Frame[]): string {
  return pointerOf(frames.flatMap(({ step }) => (step === null ? [] : [step])));
}
