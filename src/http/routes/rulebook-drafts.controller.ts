import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import { approveDraft } from '../../engine/rules/approve-draft.js';
import { checkDraft } from '../../engine/rules/check-draft.js';
import { discardDraft } from '../../engine/rules/discard-draft.js';
import { draftRulebook } from '../../engine/rules/draft-rulebook.js';
import type { DraftView } from '../../engine/rules/draft-view.js';
import { editDraft, type DraftEdit } from '../../engine/rules/edit-draft.js';
import { emergencyPublish } from '../../engine/rules/emergency-publish.js';
import { mergeDrafts } from '../../engine/rules/merge-drafts.js';
import { publishDraft } from '../../engine/rules/publish-draft.js';
import { readDraft, readDrafts } from '../../engine/rules/read-drafts.js';
import { readImpact } from '../../engine/rules/read-impact.js';
import { signDraft } from '../../engine/rules/sign-draft.js';
import { testDraft } from '../../engine/rules/test-draft.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { HTTP_DEPS, type HttpDeps } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { inWords } from '../problems/in-words.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import {
  draftContentSchema,
  draftListQuerySchema,
  draftMergeSchema,
  draftPageSchema,
  draftPatchSchema,
  draftPublicationSchema,
  draftSchema,
  draftTestSchema,
  draftWithContentSchema,
  impactSchema,
  newDraftSchema,
  reasonBodySchema,
} from '../schemas/rulebook-draft.js';
import { pageOf } from '../views/page.js';
import { draftAnswer, draftWithContentAnswer, impactAnswer } from '../views/rulebook-draft-answer.js';

const LIST = 'rulebook-drafts';
const STATUS_CREATED = 201;

type DraftAnswer = Promise<Answer<z.output<typeof draftSchema>>>;

@ApiTags('rulebooks')
@Controller('rulebooks/drafts')
export class RulebookDraftsController {
  constructor(@Inject(HTTP_DEPS) private readonly deps: HttpDeps) {}

  @Get()
  @Operation({
    id: 'drafts_list',
    summary:
      'Drafts of rulebooks in the order in which they were made; for administrators, coordinators, auditors',
    answer: draftPageSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'request.cursor-invalid'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: draftListQuerySchema }) { limit, cursor }: z.output<typeof draftListQuerySchema>,
  ): Promise<Answer<z.output<typeof draftPageSchema>>> {
    const after = readCursor(LIST, uuidKeySchema, cursor);
    const drafts = await readDrafts(this.deps.engine, { actor, after, limit: limit + 1 });
    return Answer.list(pageOf(drafts, { list: LIST, limit, keyOf: ({ id }) => id, present: draftAnswer }));
  }

  @Post()
  @Operation({
    id: 'drafts_make',
    summary: 'Makes a draft of the next version from any version',
    answer: draftSchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: ['definition.not-found', 'draft.invalid'],
  })
  async make(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Body({ schema: newDraftSchema }) { from, rulebook, reason }: z.output<typeof newDraftSchema>,
  ): DraftAnswer {
    const wish = { ...context, id: rulebook ?? null, from, reason };
    return this.present(language, () => draftRulebook(this.deps.engine, wish));
  }

  @Get(':id')
  @Operation({
    id: 'drafts_read',
    summary: 'One draft with its content and everything that was done with it',
    answer: draftWithContentSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['auth.role-forbidden', 'request.invalid', 'draft.not-found'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) draftId: string,
  ): Promise<Answer<z.output<typeof draftWithContentSchema>>> {
    const found = await readDraft(this.deps.engine, { actor, draftId, language });
    return Answer.about(draftWithContentAnswer(found), found.draft.version);
  }

  @Patch(':id')
  @ApiConsumes('application/json', 'application/merge-patch+json')
  @Operation({
    id: 'drafts_patch',
    summary: 'Changes the content by a JSON Merge Patch (RFC 7396); content with a fault is not saved',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.invalid', 'draft.not-possible'],
  })
  async patch(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftPatchSchema }) patch: z.output<typeof draftPatchSchema>,
  ): DraftAnswer {
    return this.edit(language, context, draftId, { patch });
  }

  @Put(':id')
  @Operation({
    id: 'drafts_replace',
    summary: 'Replaces the content as a whole; content with a fault is not saved',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.invalid', 'draft.not-possible'],
  })
  async replace(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftContentSchema }) definition: z.output<typeof draftContentSchema>,
  ): DraftAnswer {
    return this.edit(language, context, draftId, { definition });
  }

  @Delete(':id')
  @Operation({
    id: 'drafts_discard',
    summary: 'Ends a draft that will not be published; it can still be read',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible'],
  })
  async discard(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
  ): DraftAnswer {
    return this.present(language, () => discardDraft(this.deps.engine, { ...context, draftId }));
  }

  @Post(':id/test')
  @Operation({
    id: 'drafts_test',
    summary: 'Runs its own test cases and measures how much of its rules they cover',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible'],
  })
  async test(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftTestSchema }) wish: z.output<typeof draftTestSchema>,
  ): DraftAnswer {
    const { calendar = null, neighbourCalendars = [] } = wish;
    const command = { ...context, draftId, calendar, neighbourCalendars };
    return this.present(language, () => testDraft(this.deps.engine, command));
  }

  @Post(':id/check')
  @Operation({
    id: 'drafts_check',
    summary: 'Checks it with the machine of every workflow that is in use',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible'],
  })
  async check(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): DraftAnswer {
    return this.present(language, () => checkDraft(this.deps.engine, { ...context, draftId }));
  }

  @Post(':id/sign')
  @Operation({
    id: 'drafts_sign',
    summary: 'A second administrator signs over the alarms of the check, with a reason',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible', 'draft.refused', 'draft.same-person'],
  })
  async sign(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: reasonBodySchema }) { reason }: z.output<typeof reasonBodySchema>,
  ): DraftAnswer {
    return this.present(language, () => signDraft(this.deps.engine, { ...context, draftId, reason }));
  }

  @Post(':id/approve')
  @Operation({
    id: 'drafts_approve',
    summary: 'A second administrator approves the content as it is; an author can never do it',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible', 'draft.refused', 'draft.same-person'],
  })
  async approve(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): DraftAnswer {
    return this.present(language, () => approveDraft(this.deps.engine, { ...context, draftId }));
  }

  @Post(':id/publish')
  @Operation({
    id: 'drafts_publish',
    summary:
      'Publishes an approved draft from a day on; in an emergency one that nobody has approved, until a day',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'draft.not-found',
      'draft.not-possible',
      'draft.refused',
      'draft.invalid',
      'rulebook.date-invalid',
    ],
  })
  async publish(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftPublicationSchema }) wish: z.output<typeof draftPublicationSchema>,
  ): DraftAnswer {
    const command = { ...context, draftId };
    return this.present(language, () =>
      'emergency' in wish
        ? emergencyPublish(this.deps.engine, { ...command, ...wish.emergency })
        : publishDraft(this.deps.engine, { ...command, ...wish }),
    );
  }

  @Post(':id/merge')
  @Operation({
    id: 'drafts_merge',
    summary:
      'Brings in what another draft of the same base has changed; clashes are shown, and nothing is merged',
    answer: draftSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['draft.not-found', 'draft.not-possible', 'draft.no-common-base', 'draft.clash', 'draft.invalid'],
  })
  async merge(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftMergeSchema }) wish: z.output<typeof draftMergeSchema>,
  ): DraftAnswer {
    const command = { ...context, draftId, with: wish.with, settle: wish.settle ?? [] };
    return this.present(language, () => mergeDrafts(this.deps.engine, command));
  }

  @Get(':id/impact')
  @Operation({
    id: 'drafts_impact',
    summary: 'Which gates of which living cycles would answer differently now',
    answer: impactSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'draft.not-found'],
  })
  async impact(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) draftId: string,
  ): Promise<Answer<z.output<typeof impactSchema>>> {
    return Answer.list(impactAnswer(await readImpact(this.deps.engine, { actor, draftId })));
  }

  private edit(language: Language, context: CommandContext, draftId: string, edit: DraftEdit): DraftAnswer {
    return this.present(language, () => editDraft(this.deps.engine, { ...context, draftId, edit }));
  }

  private async present(language: Language, work: () => Promise<DraftView>): DraftAnswer {
    const draft = await inWords(this.deps.problemTexts, language, work);
    return Answer.about(draftAnswer(draft), draft.version);
  }
}
