import type { z } from 'zod';
import type { grantWaiver } from '../../engine/waivers/grant-waiver.js';
import type { waiverSchema } from '../schemas/waiver.js';

export function waiverAnswer(waiver: Awaited<ReturnType<typeof grantWaiver>>): z.output<typeof waiverSchema> {
  return {
    id: waiver.id,
    cycle: waiver.cycleId,
    cycleNumber: waiver.cycleNumber,
    rule: waiver.rule,
    reason: waiver.reason,
    grantedBy: waiver.grantedBy,
    secondedBy: waiver.secondedBy,
    endsOn: waiver.endsOn,
    grantedAt: waiver.grantedAt,
  };
}
