import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { proposeModification } from '../../engine/way-back/propose-modification.js';
import { readModifications } from '../../engine/way-back/read-modifications.js';
import { revertDecision } from '../../engine/way-back/revert-decision.js';
import { signModification } from '../../engine/way-back/sign-modification.js';
import { withdrawModification } from '../../engine/way-back/withdraw-modification.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import {
  modificationPageSchema,
  modificationSchema,
  newModificationSchema,
  revertedSchema,
  revertSchema,
} from '../schemas/way-back.js';
import { cycleAnswer } from '../views/cycle-answer.js';
import { modificationAnswer } from '../views/modification-answer.js';

const STATUS_CREATED = 201;
const NOT_POSSIBLE = ['modification.not-found', 'modification.not-possible', 'cycle.ended'] as const;

type ModificationAnswer = z.output<typeof modificationSchema>;

@ApiTags('cycles')
@Controller('cycles/:id')
export class WayBackController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post('revert')
  @Operation({
    id: 'cycles_revert',
    summary: 'Undoes the last decision that moved the cycle; says what had been sent already',
    description:
      'State, tasks, timers and milestones are as they were before it; facts stay. Once more undoes the decision before. A released sync point cannot be undone.',
    answer: revertedSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['cycle.not-found', 'revert.nothing', 'revert.not-possible'],
  })
  async revert(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: revertSchema }) { reason }: z.output<typeof revertSchema>,
  ): Promise<Answer<z.output<typeof revertedSchema>>> {
    const { cycle, undone, sent, recalled } = await revertDecision(this.engine, {
      ...context,
      cycleId,
      reason,
    });
    const body = {
      cycle: cycleAnswer(cycle, this.engine.catalog, language),
      undone,
      sent: sent.map(({ notices, ...effect }) => ({ ...effect, notices: [...notices] })),
      recalled: [...recalled],
    };
    return Answer.about(body, cycle.version);
  }

  @Get('modifications')
  @Operation({
    id: 'cycles_modifications',
    summary: 'Steps that were skipped or repeated by hand, and those that wait for a second person',
    answer: modificationPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'cycle.not-found'],
  })
  async modifications(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
  ): Promise<Answer<z.output<typeof modificationPageSchema>>> {
    const found = await readModifications(this.engine, { actor, cycleId });
    return Answer.list({ items: found.map(modificationAnswer), nextCursor: null });
  }

  @Post('modifications')
  @Operation({
    id: 'cycles_modify',
    summary: 'Proposes to skip or to repeat a step; it is done when a second person signs',
    answer: modificationSchema,
    status: STATUS_CREATED,
    kind: 'versioned-command',
    errors: ['cycle.not-found', 'cycle.ended', 'modification.not-possible'],
  })
  async propose(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: newModificationSchema }) wish: z.output<typeof newModificationSchema>,
  ): Promise<Answer<ModificationAnswer>> {
    const modification = await proposeModification(this.engine, { ...context, cycleId, ...wish });
    return Answer.list(modificationAnswer(modification));
  }

  @Post('modifications/:modification/sign')
  @Operation({
    id: 'cycles_sign_modification',
    summary: 'Signs as the second person, and the modification is done',
    answer: modificationSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['cycle.not-found', 'modification.same-person', ...NOT_POSSIBLE],
  })
  async sign(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Param('modification', { schema: uuidSchema }) modificationId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<ModificationAnswer>> {
    const signed = await signModification(this.engine, { ...context, cycleId, modificationId });
    return Answer.about(modificationAnswer(signed), signed.version);
  }

  @Post('modifications/:modification/withdraw')
  @Operation({
    id: 'cycles_withdraw_modification',
    summary: 'Takes back a proposal that nobody has signed',
    answer: modificationSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['cycle.not-found', 'modification.not-found', 'modification.not-possible'],
  })
  async withdraw(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Param('modification', { schema: uuidSchema }) modificationId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<ModificationAnswer>> {
    const withdrawn = await withdrawModification(this.engine, { ...context, cycleId, modificationId });
    return Answer.about(modificationAnswer(withdrawn), withdrawn.version);
  }
}
