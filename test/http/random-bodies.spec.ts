import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { problemSchema } from '../../src/http/schemas/problem.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openWorkshop } from './workshop.js';

const SEED = 20_170_320;
const RUNS_PER_ROUTE = 40;

/** Words that the formats know, so that some of the bodies get past the door. */
const WORDS = [
  'type',
  'to',
  'note',
  'decidedOn',
  'facts',
  'fact',
  'value',
  'precision',
  'observedOn',
  'evidence',
  'rule',
  'reason',
  'secondedBy',
  'endsOn',
  'advance',
  'suspend',
  'resume',
  'send-back',
  'close',
  'now',
  'month',
  'review',
  'gov.body_named',
  'approval.reference',
  'R05',
  'administrator',
  'version',
  'from',
  'with',
  'emergency',
  'effectiveFrom',
  'rules',
  'testCases',
  '2017-02-30',
  '2017-03-20',
  'P1D',
  '__proto__',
  'toString',
  '\u0000',
  '\ud800',
  '',
];

/** Who gets past the door of a route. */
const callerOf = (route: string): string => (route.includes('rulebook') ? 'administrator' : 'coordinator');

describe('random bodies', () => {
  let api: TestApi;
  let routes: readonly string[];

  beforeAll(async () => {
    api = await openTestApi();
    const cycle = api.engine.cycle('DE2');
    const { items } = (await api.send('GET /tasks?region=DE2&limit=2', { as: 'coordinator' })).body;
    const draft = await openWorkshop(api).draft(1);
    const [task, other] = (items as { id: string }[]).map(({ id }) => id);
    routes = [
      `POST /cycles/${cycle}/events`,
      `PATCH /cycles/${cycle}/facts`,
      `POST /cycles/${cycle}/waivers`,
      `POST /tasks/${task}/claim`,
      `POST /tasks/${task}/complete`,
      `POST /tasks/${other}/delegate`,
      ...['reassign', 'candidates', 'comments', 'release', 'hand-back'].map(
        (verb) => `POST /tasks/${other}/${verb}`,
      ),
      'POST /absences',
      `POST /absences/${cycle}/end`,
      'POST /accounts/nobody/disable',
      'POST /accounts/nobody/enable',
      `POST /notices/${cycle}/read`,
      `POST /dead-letters/${cycle}/retry`,
      'POST /dev/clock',
      `POST /cycles/${cycle}/rulebook`,
      'POST /rulebooks/drafts',
      ...['PATCH', 'PUT'].map((method) => `${method} /rulebooks/drafts/${draft}`),
      ...['test', 'check', 'sign', 'approve', 'publish', 'merge'].map(
        (verb) => `POST /rulebooks/drafts/${draft}/${verb}`,
      ),
      'POST /rulebooks/1/retire',
      'POST /rulebooks/1/roll-back',
    ];
  });
  afterAll(() => api.close());

  it('never make the server fail: each is done or is a problem with a code', async () => {
    const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 8 }));
    const leaf = fc.oneof(word, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const entry = fc.record({ fact: word, value }, { requiredKeys: [] });
    const likely = fc.record(
      { type: word, to: word, note: word, decidedOn: word, facts: fc.array(entry, { maxLength: 3 }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), fc.oneof(value, likely), async (route, body) => {
        const answer = await api.send(route, { as: callerOf(route), body });
        expect([answer.status < 500, answer.text]).toEqual([true, answer.text]);
        if (answer.status >= 400) problemSchema.parse(answer.body);
      }),
      { seed: SEED, numRuns: RUNS_PER_ROUTE * routes.length },
    );
    expect(api.logged).toEqual([]);
  });

  it('nor do random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 60 }),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        async (route, bytes) => {
          const answer = await api.send(route, { as: callerOf(route), raw: new Uint8Array(bytes) });
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
    expect(api.logged).toEqual([]);
  });
});
