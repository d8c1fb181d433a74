import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { Examination } from '../../engine/doctor/examination.js';
import type { examinationSchema } from '../schemas/doctor.js';

export function examinationAnswer(
  { examinedAt, findings, checked }: Examination,
  language: Language,
): z.output<typeof examinationSchema> {
  return {
    healthy: findings.length === 0,
    examinedAt,
    findings: findings.map(({ code, subject, cycleId, severity, cause, remedy, details }) => ({
      code,
      subject,
      cycle: cycleId,
      severity,
      cause: cause[language],
      remedy: remedy[language],
      details: { ...details },
    })),
    checked: { ...checked },
  };
}
