import type { OpenAPIObject } from '@nestjs/swagger';

/** Where the description of the API lies between the time it is built and the time it is asked for. */
export class OpenApiDocument {
  private document: OpenAPIObject | null = null;

  set(document: OpenAPIObject): void {
    this.document = document;
  }

  get(): OpenAPIObject {
    if (this.document === null) throw new Error('the description of the API is asked for before it is built');
    return this.document;
  }
}
