import { Policy } from '@ariane/auth';
import { problems } from '@ariane/contracts';
import { invariant } from '@ariane/kernel';
import { Controller, Get, type INestApplication, Injectable } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { DisclosesNothing } from './disclosure';

/** The service's OpenAPI document, made once all routes are known. */
@Injectable()
export class ApiDocument {
  private made: OpenAPIObject | undefined;

  make(app: INestApplication, name: string): void {
    const about = new DocumentBuilder()
      .setTitle(`Ariane ${name}`)
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
      .build();
    this.made = withProblems(SwaggerModule.createDocument(app, about));
  }

  read(): OpenAPIObject {
    invariant(this.made !== undefined, 'the document is made before the service listens');
    return this.made;
  }
}

@ApiExcludeController()
@Controller()
@DisclosesNothing('what the routes look like')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Policy('public')
  read(): OpenAPIObject {
    return this.document.read();
  }
}

const text = { type: 'string' } as const;

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: text,
    field: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: text, code: text, message: text },
      },
    },
  },
};

/** Every operation may answer a problem: said once here rather than on each route. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const schema = { $ref: '#/components/schemas/Problem' };
  const refusal = {
    description: 'A refusal; `code` says which.',
    content: { 'application/problem+json': { schema } },
  };
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.put, item.post, item.delete, item.patch]) {
      if (operation !== undefined) operation.responses = { ...operation.responses, default: refusal };
    }
  }
  const schemas = { ...document.components?.schemas, Problem: problemSchema };
  return { ...document, components: { ...document.components, schemas } };
}
