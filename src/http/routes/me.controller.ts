import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answer } from '../answers/answer.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { meSchema } from '../schemas/me.js';

@ApiTags('accounts')
@Controller('me')
export class MeController {
  @Get()
  @Operation({ id: 'me_read', summary: 'Whose token this is', answer: meSchema, kind: 'query' })
  read(@CallerOf() { actor }: Caller): Answer<z.output<typeof meSchema>> {
    const { id, name, role, region, language } = actor;
    return Answer.list({ id, name, role, region, language });
  }
}
