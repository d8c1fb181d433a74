import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { ActivityRef } from '../../engine/activities/activity-ref.js';
import type { ActivityView } from '../../engine/activities/activity-view.js';
import { changeActivity } from '../../engine/activities/change-activity.js';
import { confirmRegion } from '../../engine/activities/confirm-region.js';
import { leaveRegion } from '../../engine/activities/leave-region.js';
import { mergeActivities } from '../../engine/activities/merge-activities.js';
import { proposeActivity } from '../../engine/activities/propose-activity.js';
import { nameOf, readActivities, readActivity } from '../../engine/activities/read-activities.js';
import { scoreActivity } from '../../engine/activities/score-activity.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import {
  activityKeySchema,
  activityOfSchemeQuerySchema,
  activityPageSchema,
  activityPatchSchema,
  activityProposalSchema,
  activityQuerySchema,
  activitySchema,
  mergeRequestSchema,
  partRequestSchema,
  scoresRequestSchema,
} from '../schemas/activity.js';
import { idKeySchema } from '../schemas/cursors.js';
import { nutsCodeSchema } from '../schemas/ids.js';
import { activityAnswer } from '../views/activity-answer.js';
import { pageOf } from '../views/page.js';

const LIST = 'activities';
const STATUS_CREATED = 201;
const CHANGE_ERRORS = ['activity.not-found', 'cycle.ended'] as const;

type ActivityAnswer = Answer<z.output<typeof activitySchema>>;
type OfScheme = z.output<typeof activityOfSchemeQuerySchema>;

/** Transformative activities. They are moved as every cycle is: by the events of theirs. */
@ApiTags('activities')
@Controller('activities')
export class ActivitiesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'activities_list',
    summary: 'The transformative activities: who takes part, how they are rated, how far they have come',
    answer: activityPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'scheme.not-found', 'region.not-found'],
  })
  async list(
    @CallerOf() { language }: Caller,
    @Query({ schema: activityQuerySchema }) query: z.output<typeof activityQuerySchema>,
  ): Promise<Answer<z.output<typeof activityPageSchema>>> {
    const { scheme, region, limit, cursor } = query;
    const after = readCursor(LIST, idKeySchema, cursor);
    await checkPlace(this.engine, { scheme, region });
    const views = await readActivities(this.engine, { scheme, region, after, limit: limit + 1 });
    return Answer.list(
      pageOf(views, {
        list: LIST,
        limit,
        keyOf: ({ activity }) => nameOf(activity),
        present: (view) => activityAnswer(view, this.engine.catalog, language),
      }),
    );
  }

  @Post()
  @Operation({
    id: 'activities_propose',
    summary: 'Proposes an activity, from a candidate or by hand, and asks its regions to take part',
    answer: activitySchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: ['scheme.not-found', 'region.not-found', 'activity.exists', 'activity.invalid'],
  })
  async propose(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Body({ schema: activityProposalSchema }) wish: z.output<typeof activityProposalSchema>,
  ): Promise<ActivityAnswer> {
    const { name = null, regions = null, lead = null, note = null, ...proposal } = wish;
    const command = { ...context, ...proposal, name, regions, lead, note };
    return this.#about(await proposeActivity(this.engine, command), language);
  }

  @Get(':key')
  @Operation({
    id: 'activities_read',
    summary: 'One activity; with several schemes, name the scheme',
    answer: activitySchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'activity.not-found'],
  })
  async read(
    @CallerOf() { language }: Caller,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
  ): Promise<ActivityAnswer> {
    return this.#about(await readActivity(this.engine, refOf(scheme, key)), language);
  }

  @Patch(':key')
  @Operation({
    id: 'activities_change',
    summary: 'Changes name, projects or driver, or asks more regions',
    answer: activitySchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...CHANGE_ERRORS, 'activity.invalid', 'region.not-found', 'region.not-leading'],
  })
  async change(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: activityPatchSchema }) { note, ...patch }: z.output<typeof activityPatchSchema>,
  ): Promise<ActivityAnswer> {
    return this.#about(
      await changeActivity(this.engine, { ...context, ...refOf(scheme, key), patch, note: note ?? null }),
      language,
    );
  }

  @Post(':key/rate')
  @Operation({
    id: 'activities_rate',
    summary: 'Records its scores: capacity, opportunity, relatedness, from 1 to 5',
    answer: activitySchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...CHANGE_ERRORS],
  })
  async rate(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: scoresRequestSchema }) { note, ...scores }: z.output<typeof scoresRequestSchema>,
  ): Promise<ActivityAnswer> {
    return this.#about(
      await scoreActivity(this.engine, { ...context, ...refOf(scheme, key), scores, note: note ?? null }),
      language,
    );
  }

  @Post(':key/regions/:nuts/confirm')
  @Operation({
    id: 'activities_confirm',
    summary: 'A region confirms that it takes part',
    answer: activitySchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...CHANGE_ERRORS, 'region.not-found', 'region.not-leading', 'activity.not-possible'],
  })
  async confirm(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: partRequestSchema }) wish: z.output<typeof partRequestSchema>,
  ): Promise<ActivityAnswer> {
    const command = { ...context, ...refOf(scheme, key), region, note: wish?.note ?? null };
    return this.#about(await confirmRegion(this.engine, command), language);
  }

  @Post(':key/regions/:nuts/leave')
  @Operation({
    id: 'activities_leave',
    summary: 'A region takes part no more; everything is counted again without it',
    answer: activitySchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...CHANGE_ERRORS, 'region.not-found', 'region.not-leading'],
  })
  async leave(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: partRequestSchema }) wish: z.output<typeof partRequestSchema>,
  ): Promise<ActivityAnswer> {
    const command = { ...context, ...refOf(scheme, key), region, note: wish?.note ?? null };
    return this.#about(await leaveRegion(this.engine, command), language);
  }

  @Post(':key/merge')
  @Operation({
    id: 'activities_merge',
    summary:
      'Merges other activities into this one: their regions are asked to take part, and they are dropped',
    answer: activitySchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...CHANGE_ERRORS, 'activity.invalid', 'activity.not-possible'],
  })
  async merge(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: activityKeySchema }) key: string,
    @Query({ schema: activityOfSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: mergeRequestSchema }) { merged, note }: z.output<typeof mergeRequestSchema>,
  ): Promise<ActivityAnswer> {
    const command = { ...context, ...refOf(scheme, key), merged, note: note ?? null };
    return this.#about(await mergeActivities(this.engine, command), language);
  }

  #about(view: ActivityView, language: Caller['language']): ActivityAnswer {
    return Answer.about(activityAnswer(view, this.engine.catalog, language), view.activity.version);
  }
}

function refOf(scheme: string | undefined, key: string): ActivityRef {
  return { scheme: scheme ?? null, key };
}
