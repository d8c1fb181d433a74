import { z } from 'zod';

/**
 * Of what a cycle is the run: of a region's strategy, of a transformative activity that regions share, or of a joint
 * call. The last two are joint: their `region` is the one that leads, by whose calendar and zone they are dated.
 */
export const CYCLE_SUBJECTS = ['region', 'activity', 'call'] as const;

export const cycleSubjectSchema = z.enum(CYCLE_SUBJECTS);

export type CycleSubject = z.infer<typeof cycleSubjectSchema>;
