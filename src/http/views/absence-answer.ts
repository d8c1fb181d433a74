import type { z } from 'zod';
import type { declareAbsence } from '../../engine/absences/declare-absence.js';
import type { AbsenceToday } from '../../engine/absences/read-absences.js';
import type { absencePageSchema, absenceSchema } from '../schemas/absence.js';

export function absenceAnswer(
  absence: Awaited<ReturnType<typeof declareAbsence>>,
): z.output<typeof absenceSchema> {
  return {
    id: absence.id,
    account: absence.accountId,
    substitute: absence.substituteId,
    fromOn: absence.fromOn,
    toOn: absence.toOn,
    createdBy: absence.createdBy,
    createdAt: absence.createdAt,
    endedAt: absence.endedAt ?? null,
  };
}

export function declaredAbsenceAnswer({
  absence,
  today,
}: AbsenceToday): z.output<typeof absencePageSchema>['items'][number] {
  const { fromOn, toOn, endedAt = null } = absence;
  return {
    ...absenceAnswer(absence),
    isInForce: endedAt === null && fromOn <= today && today <= toOn,
  };
}
