import type { z } from 'zod';
import type { addClosure } from '../../engine/calendars/add-closure.js';
import type { closureSchema } from '../schemas/calendar.js';

export function closureAnswer(
  closure: Awaited<ReturnType<typeof addClosure>>,
): z.output<typeof closureSchema> {
  return {
    id: closure.id,
    calendar: closure.calendar,
    date: closure.date,
    label: closure.label,
    addedBy: closure.addedBy,
    addedAt: closure.addedAt,
    removedBy: closure.removedBy ?? null,
    removedAt: closure.removedAt ?? null,
  };
}
