import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApi, type TestApi } from './test-api.js';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly Json[];
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  readonly responses: Record<string, { content: Record<string, { schema: Json }> }>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Json>; securitySchemes: Json };
}

const OPEN = new Set(['openapi_read', 'health_live', 'health_ready']);

describe('the description of the API', () => {
  let api: TestApi;
  let document: Document;
  let operations: readonly { readonly route: string; readonly operation: Operation }[];

  beforeAll(async () => {
    api = await openTestApi();
    const answer = await api.send('GET /openapi.json');
    document = answer.body as unknown as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );
  });
  afterAll(() => api.close());

  it('is OpenAPI 3.1.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toBe('3.1.1');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to);
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/[A-Za-z]+$/);
      expect(Object.keys(document.components.schemas)).toContain(reference?.split('/').at(-1));
    }
    expect(JSON.stringify(document)).not.toMatch(/"(nullable|_zod|def|~standard|\$schema|\$defs)":/);
  });

  it('has every route of the router, and no other', () => {
    const described = operations.map(({ route }) => route.replaceAll(/\{(\w+)\}/g, ':$1'));
    const routed = api.routes.filter((route) => !route.startsWith('HEAD ') && !route.includes(' /api/docs'));
    expect(routed.length).toBeGreaterThan(25);
    expect(described.toSorted()).toEqual(routed.toSorted());
  });

  it('names each operation once, as resource and action, and says what it does', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect(operation.summary).not.toBe('');
      expect(operation.tags).toHaveLength(1);
    }
  });

  it('tells for every operation that needs a token what its problems are', () => {
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
    for (const { operation } of operations) {
      const isOpen = OPEN.has(operation.operationId);
      expect([operation.operationId, operation.security]).toEqual([
        operation.operationId,
        isOpen ? undefined : [{ bearer: [] }],
      ]);
      if (isOpen) continue;
      const refusals = Object.entries(operation.responses).filter(([status]) => status >= '400');
      expect(refusals.map(([status]) => status)).toEqual(
        expect.arrayContaining(['400', '401', '500', '503']),
      );
      for (const [, { content }] of refusals) expect(content).toEqual(problem);
    }
    expect(document.components.schemas['Problem']).toMatchObject({ type: 'object' });
  });

  it('describes every answer and every body by a schema that has a name', () => {
    for (const { operation } of operations) {
      if (operation.operationId === 'openapi_read') continue;
      const success = Object.entries(operation.responses).find(([status]) => status < '300');
      const type = operation.operationId === 'operations_events' ? 'text/event-stream' : 'application/json';
      expect(success?.[1].content[type]?.schema['$ref']).toMatch(/^#\/components\/schemas\//);
      if (operation.requestBody === undefined) continue;
      expect(operation.requestBody.content['application/json']?.schema.$ref).toMatch(/^#\/components\//);
    }
    const withBody = operations.filter(({ operation }) => operation.requestBody !== undefined);
    expect(withBody.map(({ operation }) => operation.operationId).toSorted()).toEqual([
      'absences_declare',
      'accounts_disable',
      'activities_change',
      'activities_confirm',
      'activities_leave',
      'activities_merge',
      'activities_propose',
      'activities_rate',
      'calendars_close',
      'calls_agree_theme',
      'calls_change',
      'calls_propose',
      'calls_region_join',
      'calls_region_leave',
      'calls_region_write',
      'consultations_ask',
      'cycles_modify',
      'cycles_move',
      'cycles_move_to_rulebook',
      'cycles_revert',
      'cycles_waive',
      'decisions_record',
      'dev_move_clock',
      'drafts_backtest',
      'drafts_make',
      'drafts_merge',
      'drafts_patch',
      'drafts_publish',
      'drafts_replace',
      'drafts_sign',
      'drafts_test',
      'facts_record',
      'incidents_resolve',
      'operations_plan',
      'projects_settle',
      'projects_start',
      'proposals_assign',
      'proposals_check',
      'proposals_submit',
      'proposals_withdraw',
      'ranking_approve',
      'reviews_record',
      'rulebooks_backtest',
      'rulebooks_retire',
      'rulebooks_roll_back',
      'schemes_fork',
      'sync_points_cancel',
      'sync_points_deadline',
      'sync_points_members',
      'sync_points_place',
      'sync_points_release',
      'tasks_comment',
      'tasks_complete',
      'tasks_decide_extension',
      'tasks_delegate',
      'tasks_extend',
      'tasks_name_candidates',
      'tasks_prioritise',
      'tasks_reassign',
    ]);
  });

  it('asks for no parameter that has a default, and for every part of the path', () => {
    for (const { operation } of operations) {
      for (const parameter of operation.parameters ?? []) {
        expect([parameter.name, parameter.required]).toEqual([parameter.name, parameter.in === 'path']);
      }
    }
    const list = operations.find(({ operation }) => operation.operationId === 'cycles_list')?.operation;
    expect(list?.parameters?.find(({ name }) => name === 'limit')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 200,
      default: 50,
    });
    const move = operations.find(({ operation }) => operation.operationId === 'cycles_move')?.operation;
    expect(move?.parameters?.map(({ name }) => name)).toEqual([
      'id',
      'Accept-Language',
      'Idempotency-Key',
      'If-Match',
    ]);
  });

  it('can be read as a page that loads nothing from elsewhere', async () => {
    const page = await api.send('GET =/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).toMatch(/^\.\//);
      const asset = await api.send(`GET =/api/${source.slice(2)}`);
      expect([source, asset.status]).toEqual([source, 200]);
    }
    // Scripts only from files: the policy forbids inline ones.
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
