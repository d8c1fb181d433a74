import type { z } from 'zod';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { readTask } from '../../engine/tasks/read-task.js';
import type { taskSchema } from '../schemas/task.js';
import { factLabel } from './fact-label.js';

type Task = Awaited<ReturnType<typeof readTask>>;

export function taskAnswer(
  task: Task,
  catalogue: FactCatalogue,
  language: Language,
): z.output<typeof taskSchema> {
  return {
    id: task.id,
    scheme: task.scheme,
    region: task.region,
    cycle: task.cycleId,
    cycleNumber: task.cycleNumber,
    stage: task.stage,
    kind: task.kind,
    reference: task.reference,
    label: task.labels[language],
    evidence: task.evidence?.[language] ?? null,
    owner: task.owner,
    facts: task.facts.map((fact) => ({ fact, label: factLabel(fact, catalogue, language) })),
    dueOn: task.dueOn ?? null,
    status: task.status,
    assignee: task.assignee ?? null,
    note: task.note ?? null,
    openedAt: task.openedAt,
    endedAt: task.endedAt ?? null,
    version: task.version,
  };
}
