import type { z } from 'zod';
import { advanceCycle } from '../../engine/cycles/advance-cycle.js';
import { closeCycle } from '../../engine/cycles/close-cycle.js';
import type { Decision } from '../../engine/cycles/decide-move.js';
import { resumeCycle } from '../../engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../../engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../../engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../engine/cycles/withdraw-cycle.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import type { cycleEventSchema } from '../schemas/cycle.js';

/** Calls the verb that an event asks for. Errors: those of the verbs. */
export async function decide(
  deps: EngineDeps,
  context: CommandContext & { readonly cycleId: string },
  event: z.output<typeof cycleEventSchema>,
): Promise<Decision> {
  const command = { ...context, note: event.note ?? null, decidedOn: event.decidedOn ?? null };
  switch (event.type) {
    case 'advance':
      return advanceCycle(deps, { ...command, to: event.to ?? null });
    case 'send-back':
      return sendBackCycle(deps, { ...command, to: event.to ?? null });
    case 'suspend':
      return suspendCycle(deps, command);
    case 'resume':
      return resumeCycle(deps, command);
    case 'withdraw':
      return withdrawCycle(deps, command);
    case 'close':
      return closeCycle(deps, command);
  }
}
