import type { z } from 'zod';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { readTask } from '../../engine/tasks/read-task.js';
import type { readTaskComments } from '../../engine/tasks/read-task-comments.js';
import type { taskCommentSchema, taskSchema } from '../schemas/task.js';
import { factLabel } from './fact-label.js';

type Task = Awaited<ReturnType<typeof readTask>>;
type Comment = Awaited<ReturnType<typeof readTaskComments>>[number];

export function taskAnswer(
  task: Task,
  catalogue: FactCatalogue,
  language: Language,
): z.output<typeof taskSchema> {
  return {
    id: task.id,
    scheme: task.scheme,
    region: task.region,
    actingRegion: task.actingRegion,
    cycle: task.cycleId,
    cycleNumber: task.cycleNumber,
    stage: task.stage,
    kind: task.kind,
    reference: task.reference,
    label: task.labels[language],
    evidence: task.evidence?.[language] ?? null,
    owner: task.owner,
    candidateRoles: [...task.candidateRoles],
    candidatePeople: [...task.candidatePeople],
    facts: task.facts.map((fact) => ({ fact, label: factLabel(fact, catalogue, language) })),
    priority: task.priority,
    dueOn: task.dueOn ?? null,
    target: task.target ?? null,
    whenSuspended: task.whenSuspended,
    extension: task.extension ?? null,
    status: task.status,
    assignee: task.assignee ?? null,
    delegatedBy: task.delegatedBy ?? null,
    note: task.note ?? null,
    evidenceGiven: task.evidenceGiven ?? null,
    openedAt: task.openedAt,
    endedAt: task.endedAt ?? null,
    version: task.version,
  };
}

export function taskCommentAnswer(comment: Comment): z.output<typeof taskCommentSchema> {
  const { id, taskId, accountId, accountName, text, at } = comment;
  return { id, task: taskId, by: { id: accountId, name: accountName }, text, at };
}
