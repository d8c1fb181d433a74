import type { z } from 'zod';
import { isFindingCode } from '../../core/proof/finding-code.js';
import { FINDING_WORDS } from '../../core/proof/finding-words.js';
import type { Language } from '../../core/terms/language.js';
import type { IncidentView } from '../../engine/incidents/view-incident.js';
import type { incidentPageSchema, incidentWithActionsSchema } from '../schemas/incident.js';

type Incident = IncidentView['incident'];

export function incidentAnswer(
  { id, kind, subject, cycleId, details, raisedAt, resolvedAt }: Incident,
  language: Language,
): z.output<typeof incidentPageSchema>['items'][number] {
  const words = isFindingCode(kind) ? FINDING_WORDS[kind] : null;
  return {
    id,
    kind,
    subject,
    cycle: cycleId ?? null,
    cause: words?.cause[language] ?? null,
    remedy: words?.remedy[language] ?? null,
    details: { ...details },
    raisedAt,
    resolvedAt: resolvedAt ?? null,
  };
}

export function incidentWithActionsAnswer(
  { incident, actions, isRetryable }: IncidentView,
  language: Language,
): z.output<typeof incidentWithActionsSchema> {
  return {
    ...incidentAnswer(incident, language),
    retryable: isRetryable,
    actions: actions.map(({ action, reason, outcome, actorId, actorName, at }) => ({
      action,
      reason,
      outcome: { ...outcome },
      actor: { id: actorId, name: actorName },
      at,
    })),
  };
}
