import { defineEntity, p } from '@mikro-orm/core';
import type { Tx } from './tx.js';

/** The movable clock of development: how far the scheme's time is ahead of the machine's, in milliseconds. */
export const clockTable = defineEntity({
  name: 'ClockOffset',
  tableName: 'clock',
  properties: {
    onlyRow: p.boolean().primary(),
    offsetMs: p.bigint('number'),
  },
});

/** 0 when the clock was never moved. */
export async function clockOffsetMs(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ offset_ms: string | number }[]>('select offset_ms from clock');
  return Number(row?.offset_ms ?? 0);
}

export async function setClockOffsetMs(tx: Tx, offsetMs: number): Promise<void> {
  await tx.execute(
    `insert into clock (only_row, offset_ms) values (true, ?)
     on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
    [offsetMs],
  );
}
