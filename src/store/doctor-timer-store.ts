import type { EffectPayload } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

const DOCTOR: EffectPayload = { type: 'doctor' };

/**
 * Sets the timer of the doctor's next round, unless one waits that is due by `dueAt`; one that is due later (the
 * clock was set back since) is brought forward. It belongs to no cycle, so no journal knows of it.
 */
export async function setDoctorTimer(
  tx: Tx,
  timer: { readonly id: string; readonly dueAt: Instant },
): Promise<void> {
  await tx.execute(
    `with brought as (
       update timers set due_at = least(due_at, ?::timestamptz)
       where effect->>'type' = 'doctor' and fired_at is null and cancelled_at is null returning id)
     insert into timers (id, due_at, effect)
     select ?::uuid, ?::timestamptz, ?::jsonb where not exists (select 1 from brought)`,
    [timer.dueAt, timer.id, timer.dueAt, JSON.stringify(DOCTOR)],
  );
}
