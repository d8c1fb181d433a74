import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { HTTP_DEPS, type HttpDeps } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { liveSchema, readySchema } from '../schemas/machinery.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(HTTP_DEPS) private readonly deps: HttpDeps) {}

  @Get('live')
  @Operation({ id: 'health_live', summary: 'The process answers', answer: liveSchema, kind: 'open' })
  live(): z.output<typeof liveSchema> {
    return { status: 'up' };
  }

  @Get('ready')
  @Operation({
    id: 'health_ready',
    summary: 'What the process depends on is there',
    answer: readySchema,
    kind: 'open',
  })
  @ApiResponse({ status: 503, description: 'Not ready, with the reasons', standardSchema: readySchema })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.output<typeof readySchema>> {
    const checks = await this.deps.readiness();
    const isReady = Object.values(checks).every((reason) => reason === null);
    if (!isReady) void reply.code(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: isReady ? 'ready' : 'not-ready', checks: { ...checks } };
  }
}
