import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/app/new-id.js';

const IDS = 50_000;

describe('a new id', () => {
  it('is a UUID of version 7, never the same, and sorts behind every one before it', () => {
    const ids = Array.from({ length: IDS }, newId);
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
  });

  it('carries the time at which it was made', () => {
    const before = Date.now();
    const made = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
    // Those of the test before have run ahead of the clock by what they needed more of its milliseconds.
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made - before).toBeLessThan(IDS);
  });
});
