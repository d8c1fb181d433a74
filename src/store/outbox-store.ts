import { defineEntity, p } from '@mikro-orm/core';
import { effectPayloadSchema, type Effect, type EffectPayload } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const outboxTable = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  properties: {
    id: p.string().primary(),
    sequence: p.bigint('number').generated('always as identity'),
    type: p.string(),
    cycleId: p.uuid().nullable(),
    payload: p.json<EffectPayload>(),
    createdAt: instantColumn(),
    leasedUntil: instantColumn().nullable(),
    sentAt: instantColumn().nullable(),
    sends: p.integer(),
  },
});

/** Records an effect in the transaction that decides it; nothing is sent before the commit. */
export async function addEffect(tx: Tx, effect: Effect, at: Instant): Promise<void> {
  const payload = effectPayloadSchema.parse(effect.payload);
  const cycleId = 'cycleId' in payload ? (payload.cycleId ?? null) : null;
  await tx.execute(
    'insert into outbox (id, type, cycle_id, payload, created_at) values (?, ?, ?, ?::jsonb, ?)',
    [effect.id, payload.type, cycleId, JSON.stringify(payload), at],
  );
}

/** When a claim and a repeat are due: instants of the real clock, whatever the scheme's clock shows. */
export interface OutboxClaim {
  readonly limit: number;
  /** Until this instant nobody else may claim the rows; then the claimer counts as dead. */
  readonly leasedUntil: Instant;
  readonly now: Instant;
  /** Rows sent before this instant and still without a receipt are sent again; null: not this time. */
  readonly resendBefore: Instant | null;
}

/** An effect that its claimer is to send. */
export interface ClaimedEffect extends Effect {
  /** How often it was sent before: its job may still be in the queue. */
  readonly sends: number;
}

/**
 * Claims effects that wait to be sent, then those that were sent long ago and have neither a receipt nor a dead
 * letter that waits for somebody, in the order in which they were recorded. SKIP LOCKED: two relays never wait
 * for each other and never get the same row.
 *
 * Two questions, each with an index of its own: asked as one (`sent_at is null or ...`), every claim would read
 * the whole table. Materialised, because a repeated subquery would lock more rows than the limit.
 */
export async function claimEffects(tx: Tx, claim: OutboxClaim): Promise<readonly ClaimedEffect[]> {
  const rows = await tx.execute<(ClaimedEffect & { sequence: string })[]>(
    `with waiting as materialized (
       select id from outbox
       where sent_at is null and (leased_until is null or leased_until < ?)
       order by sequence limit ? for update skip locked),
     overdue as materialized (
       select o.id from outbox o
       where o.sent_at < ? and (o.leased_until is null or o.leased_until < ?)
         and not exists (select 1 from receipts r where r.effect_id = o.id)
         and not exists (select 1 from dead_letters d where d.effect_id = o.id and d.retried_at is null)
       order by o.sequence limit ? - (select count(*) from waiting) for update of o skip locked)
     update outbox set leased_until = ?
     where id in (select id from waiting union all select id from overdue)
     returning id, payload, sequence, sends`,
    [claim.now, claim.limit, claim.resendBefore, claim.now, claim.limit, claim.leasedUntil],
  );
  return rows
    .toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
    .map(({ id, payload, sends }) => ({ id, payload, sends }));
}

/** Gives back effects that could not be sent, unless the lease `leasedUntil` has run out and others have them. */
export async function releaseEffects(tx: Tx, ids: readonly string[], leasedUntil: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute('update outbox set leased_until = null where id in (?) and leased_until = ?', [
    [...ids],
    leasedUntil,
  ]);
}

/** Marks claimed effects as handed to the queue. */
export async function markSent(tx: Tx, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute('update outbox set sent_at = ?, leased_until = null, sends = sends + 1 where id in (?)', [
    at,
    [...ids],
  ]);
}

/** How many effects wait to be sent, and since when the oldest does; null when none waits. */
export async function outboxBacklog(
  tx: Tx,
): Promise<{ readonly waiting: number; readonly oldest: Instant | null }> {
  const [row] = await tx.execute<{ waiting: number; oldest: string | Date | null }[]>(
    'select count(*)::int as waiting, min(created_at) as oldest from outbox where sent_at is null',
  );
  const oldest = row?.oldest ?? null;
  return {
    waiting: row?.waiting ?? 0,
    oldest: oldest === null ? null : (new Date(oldest).toISOString() as Instant),
  };
}

/** Removes effects that were applied before `before`; their receipts stay. Gives how many. */
export async function pruneOutbox(tx: Tx, before: Instant, limit: number): Promise<number> {
  const rows = await tx.execute<unknown[]>(
    `delete from outbox where id in (
       select o.id from outbox o join receipts r on r.effect_id = o.id
       where r.at < ? limit ? for update of o skip locked)
     returning id`,
    [before, limit],
  );
  return rows.length;
}

/** Makes an effect wait to be sent again, as when a dead letter is retried. */
export async function resendEffect(tx: Tx, id: string): Promise<void> {
  await tx.execute('update outbox set sent_at = null, leased_until = null where id = ?', [id]);
}
