import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readWorkflows } from '../../engine/migrations/read-workflows.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { workflowPageSchema } from '../schemas/workflow.js';

@ApiTags('operations')
@Controller('workflows')
export class WorkflowsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'workflows_list',
    summary:
      'Every version of a workflow, how many cycles live by it, and where they can be migrated; one page',
    answer: workflowPageSchema,
    kind: 'query',
  })
  async list(@CallerOf() { language }: Caller): Promise<Answer<z.output<typeof workflowPageSchema>>> {
    const versions = await readWorkflows(this.engine);
    const labels = new Map(
      this.engine.catalog.workflows.map(({ definition }) => [definition.id, definition.labels[language]]),
    );
    const items = versions.map(({ id, version, hash, isInstalled, cycles, mappings }) => ({
      id,
      version,
      label: labels.get(id) ?? id,
      hash,
      installed: isInstalled,
      cycles,
      mappings: mappings.map(({ to, hash: of, timerPolicy }) => ({ to, hash: of, timerPolicy })),
    }));
    return Answer.list({ items, nextCursor: null });
  }
}
