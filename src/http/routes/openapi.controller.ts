import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenApiDocument } from '../openapi/openapi-document.js';
import { Operation } from '../openapi/operation.decorator.js';

const documentSchema = z.record(z.string(), z.unknown());

@ApiTags('description')
@Controller('openapi.json')
export class OpenApiController {
  constructor(@Inject(OpenApiDocument) private readonly document: OpenApiDocument) {}

  @Get()
  @Operation({ id: 'openapi_read', summary: 'This document', answer: documentSchema, kind: 'open' })
  read(): OpenAPIObject {
    return this.document.get();
  }
}
