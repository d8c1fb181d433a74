import { Module, type DynamicModule } from '@nestjs/common';
import { OpenStreams } from './answers/open-streams.js';
import { ENGINE, HTTP_DEPS, type HttpDeps } from './http-deps.js';
import { OpenApiDocument } from './openapi/openapi-document.js';
import { AbsencesController } from './routes/absences.controller.js';
import { ActivitiesController } from './routes/activities.controller.js';
import { ActivityCandidatesController } from './routes/activity-candidates.controller.js';
import { AccountsController } from './routes/accounts.controller.js';
import { BacktestsController } from './routes/backtests.controller.js';
import { CalendarsController } from './routes/calendars.controller.js';
import { ClosuresController } from './routes/closures.controller.js';
import { ConsultationsController } from './routes/consultations.controller.js';
import { CyclesController } from './routes/cycles.controller.js';
import { DeadLettersController } from './routes/dead-letters.controller.js';
import { DecisionsController } from './routes/decisions.controller.js';
import { DevController } from './routes/dev.controller.js';
import { DifferencesController } from './routes/differences.controller.js';
import { DoctorController } from './routes/doctor.controller.js';
import { FactsController } from './routes/facts.controller.js';
import { ForecastsController } from './routes/forecasts.controller.js';
import { GatesController } from './routes/gates.controller.js';
import { HealthController } from './routes/health.controller.js';
import { IncidentsController } from './routes/incidents.controller.js';
import { MeController } from './routes/me.controller.js';
import { NoticesController } from './routes/notices.controller.js';
import { OpenApiController } from './routes/openapi.controller.js';
import { OperationsController } from './routes/operations.controller.js';
import { CallRegionsController } from './routes/call-regions.controller.js';
import { CallsController } from './routes/calls.controller.js';
import { CallAwardsController } from './routes/call-awards.controller.js';
import { ProposalsController } from './routes/proposals.controller.js';
import { ReviewsController } from './routes/reviews.controller.js';
import { RulebookDraftsController } from './routes/rulebook-drafts.controller.js';
import { RulebooksController } from './routes/rulebooks.controller.js';
import { SchemesController } from './routes/schemes.controller.js';
import { SyncPointsController } from './routes/sync-points.controller.js';
import { TaskDeadlinesController } from './routes/task-deadlines.controller.js';
import { TaskCommentsController } from './routes/task-comments.controller.js';
import { TaskHandsController } from './routes/task-hands.controller.js';
import { TasksController } from './routes/tasks.controller.js';
import { WayBackController } from './routes/way-back.controller.js';
import { WorkflowsController } from './routes/workflows.controller.js';

const CONTROLLERS = [
  SchemesController,
  ForecastsController,
  CyclesController,
  WayBackController,
  ConsultationsController,
  CalendarsController,
  ClosuresController,
  GatesController,
  DecisionsController,
  FactsController,
  TasksController,
  TaskHandsController,
  TaskCommentsController,
  AbsencesController,
  AccountsController,
  TaskDeadlinesController,
  OperationsController,
  WorkflowsController,
  NoticesController,
  SyncPointsController,
  ActivitiesController,
  ActivityCandidatesController,
  ProposalsController,
  ReviewsController,
  CallAwardsController,
  CallsController,
  CallRegionsController,
  RulebookDraftsController,
  RulebooksController,
  BacktestsController,
  DifferencesController,
  DeadLettersController,
  IncidentsController,
  DoctorController,
  MeController,
  OpenApiController,
  HealthController,
];

/** The routes of the HTTP door, on what the app hands in. */
@Module({})
export class HttpModule {
  static for(deps: HttpDeps): DynamicModule {
    return {
      module: HttpModule,
      controllers: deps.mode === 'development' ? [...CONTROLLERS, DevController] : CONTROLLERS,
      providers: [
        { provide: HTTP_DEPS, useValue: deps },
        { provide: ENGINE, useValue: deps.engine },
        OpenApiDocument,
        OpenStreams,
      ],
    };
  }
}
