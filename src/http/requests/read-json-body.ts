import { DomainError } from '../../core/terms/domain-error.js';
import { inspectJson } from './inspect-json.js';

/**
 * Reads a request's body; undefined for an empty one, which only some operations accept.
 *
 * @throws DomainError `request.malformed` for what is not UTF-8, not JSON (with its position) or has a key or
 *   number that `inspectJson` refuses; `request.too-deep`
 */
export function readJsonBody(bytes: Uint8Array, depthMax: number): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  const { tooDeepAt, faults } = inspectJson(text, depthMax);
  if (tooDeepAt !== null) throw new DomainError('request.too-deep', { depthMax, pointer: tooDeepAt });
  if (faults.length > 0) {
    throw new DomainError('request.malformed', { reason: faults[0]?.detail, errors: faults });
  }
  return parse(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('request.malformed', { reason: 'The body is not UTF-8.' });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 ends its message with the position, unless the text just stops: then that is where it is.
    const found = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const position = found === undefined ? text.length : Number(found);
    throw new DomainError('request.malformed', {
      reason: `The body is not JSON: look at position ${position}.`,
      position,
    });
  }
}
