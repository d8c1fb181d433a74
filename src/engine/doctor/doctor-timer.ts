import { instantFromMs, instantToMs } from '../../core/terms/instant.js';
import { setDoctorTimer } from '../../store/doctor-timer-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Pause between two rounds of the doctor, by the scheme's clock. */
export const DOCTOR_EVERY_MS = 900_000;

/** Sets the doctor's next round, unless it is set: when a process starts, and with every round. */
export async function renewDoctorTimer(deps: EngineDeps): Promise<void> {
  await deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const dueAt = instantFromMs(instantToMs(now) + DOCTOR_EVERY_MS);
    await setDoctorTimer(tx, { id: deps.newId(), dueAt });
  });
}
