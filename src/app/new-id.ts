import { randomBytes } from 'node:crypto';

/** 12 bits behind the milliseconds (RFC 9562, section 6.2, method 1). */
const COUNTER_MAX = 0xfff;

let lastMs = 0;
let counter = 0;

/**
 * A new UUID of version 7 (RFC 9562): those that one process makes later sort later, within a millisecond and after its
 * clock was set back too, so pages by id are pages by age.
 */
export function newId(): string {
  const bytes = randomBytes(16);
  tick(Date.now(), bytes.readUInt16BE(6) & (COUNTER_MAX >> 1));
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** @param start where the counter of a new millisecond begins: anywhere in its lower half, so that it has room to grow */
function tick(nowMs: number, start: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = start;
  } else if (counter < COUNTER_MAX) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = start;
  }
}
