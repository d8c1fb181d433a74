import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { openScheme } from '../../src/engine/schemes/open-scheme.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { readTaskForm } from '../../src/engine/tasks/read-task-form.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';

describe('a task whose workflow asks for a document', () => {
  let engine: TestEngine;
  let taskId: string;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-02-01T08:00:00Z'));
    const { catalog } = engine.deps;
    const workflow = [...catalog.workflows].find((each) =>
      (each.tasks.get('agenda_setting') ?? []).some(({ evidenceRequired }) => evidenceRequired),
    );
    const scheme = {
      ...engine.scheme,
      id: 'with-documents',
      workflow: { id: workflow!.id, version: workflow!.version },
    };
    const { cycles } = await openScheme(engine.deps, { ...by(SYSTEM_ACTOR), scheme });
    const step = workflow!.tasks.get('agenda_setting')!.find((each) => each.evidenceRequired);
    const tasks = await readTasks(engine.deps, {
      actor: SYSTEM_ACTOR,
      filter: { cycleId: cycles.find(({ region }) => region === 'DE1')!.id, limit: 100 },
    });
    taskId = tasks.find(({ reference }) => reference === step?.id)!.id;
  });
  afterAll(() => engine.close());

  const complete = (evidence?: string | null) =>
    completeTask(engine.deps, {
      ...by(engine.authority('DE1')),
      taskId,
      facts: [],
      note: null,
      ...(evidence === undefined ? {} : { evidence }),
    });

  it('says so in its form, and is done only with it', async () => {
    const form = await readTaskForm(engine.deps, { actor: engine.authority('DE1'), taskId });
    expect(form.isEvidenceRequired).toBe(true);
    for (const evidence of [undefined, null, ' \n']) {
      await expect(complete(evidence)).rejects.toMatchObject({
        code: 'task.evidence-missing',
        details: { pointer: '/evidence' },
      });
    }
    expect(await complete('Beschluss 2017/3')).toMatchObject({
      status: 'done',
      evidenceGiven: 'Beschluss 2017/3',
    });
  });
});
