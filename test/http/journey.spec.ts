import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cycleWithEventsSchema, decisionSchema } from '../../src/http/schemas/cycle.js';
import { cycleFactsSchema } from '../../src/http/schemas/fact.js';
import { gateSchema } from '../../src/http/schemas/gate.js';
import { historyPageSchema } from '../../src/http/schemas/history.js';
import { boardSchema } from '../../src/http/schemas/scheme.js';
import { taskPageSchema, taskSchema } from '../../src/http/schemas/task.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('a region on its way through a stage, over HTTP', () => {
  let api: TestApi;
  let cycle: string;

  beforeAll(async () => {
    api = await openTestApi();
    cycle = api.engine.cycle('DE2');
  });
  afterAll(() => api.close());

  const move = (body: object) => api.send(`POST /cycles/${cycle}/events`, { as: 'coordinator', body });
  const tasksIn = async (headers: Record<string, string>) => {
    const answer = await api.send('GET /tasks?status=open&limit=200', { as: 'authority-DE2', headers });
    const { items } = taskPageSchema.parse(answer.body);
    return {
      language: answer.headers.get('content-language'),
      items,
      task: items.find(({ reference }) => reference === 'agenda_setting.exit/regional_authority'),
    };
  };

  it('is explained before anybody asks to advance: every rule, its leaves, the missing facts and their owners', async () => {
    const answer = await api.send(`GET /cycles/${cycle}/gate`, { as: 'coordinator' });
    const gate = gateSchema.parse(answer.body);
    expect([gate.gate, gate.to, gate.verdict]).toEqual([
      'agenda_setting.exit',
      'strategy_development',
      'unknown',
    ]);
    const [first] = gate.rules;
    expect(first).toMatchObject({ id: 'R01', severity: 'block', result: 'unknown' });
    expect(first?.leaves[0]).toMatchObject({
      fact: 'gov.body_named',
      operator: 'equal',
      required: true,
      actual: null,
      result: 'unknown',
    });
    expect(first?.missing.map(({ fact, owner }) => ({ fact, owner }))).toContainEqual({
      fact: 'gov.body_named',
      owner: 'regional_authority',
    });
    expect(answer.headers.get('etag')).toMatch(/^"\d+"$/);
  });

  it('is refused with the same verdict, and the refusal is logged', async () => {
    const gate = gateSchema.parse((await api.send(`GET /cycles/${cycle}/gate`, { as: 'coordinator' })).body);
    const answer = await api.send(`POST /cycles/${cycle}/events`, {
      as: 'coordinator',
      body: { type: 'advance', note: 'first try' },
    });
    const problem = expectProblem(answer, 409, 'gate.refused');
    expect(problem.verdict).toEqual(gate);
    expect(problem.detail).toContain('gov.body_named');

    const { items } = historyPageSchema.parse(
      (await api.send(`GET /cycles/${cycle}/history?limit=200`, { as: 'auditor' })).body,
    );
    expect(items.filter(({ kind }) => kind === 'refusal')).toHaveLength(1);
    expect(items.find(({ kind }) => kind === 'refusal')).toMatchObject({
      actor: { id: 'coordinator', role: 'coordinator' },
      details: { code: 'gate.refused', note: 'first try' },
    });
  });

  it('gives the authority a task for what is missing, in its language unless it asks for another', async () => {
    const german = await tasksIn({});
    expect(german.language).toBe('de');
    expect(german.task).toMatchObject({
      kind: 'provide-facts',
      label: 'Abschluss der Themensetzung (regionale Behörde)',
    });
    expect(german.task?.facts).toContainEqual({ fact: 'gov.body_named', label: 'Zuständige Stelle benannt' });
    expect(german.items.map(({ region }) => region)).toEqual(german.items.map(() => 'DE2'));

    const italian = await tasksIn({ 'accept-language': 'fr;q=0.4, it-IT, xx' });
    expect([italian.language, italian.task?.label]).toEqual([
      'it',
      "Uscita dalla definizione dell'agenda (autorità regionale)",
    ]);
  });

  it('takes the facts from the authority, and its tasks are done', async () => {
    const facts = agendaSettingFacts();
    const answer = await api.send(`PATCH /cycles/${cycle}/facts`, { as: 'authority-DE2', body: { facts } });
    expect(answer.status).toBe(200);
    const recorded = cycleFactsSchema.parse(answer.body);
    expect(recorded.facts).toHaveLength(facts.length);
    expect(recorded.facts.find(({ fact }) => fact === 'gov.mandate_signed_on')).toMatchObject({
      value: '2016-11-15',
      precision: 'day',
      recordedBy: 'authority-DE2',
    });
    expect(answer.headers.get('etag')).toBe(`"${recorded.version}"`);
    const open = await api.send('GET /tasks?status=open&limit=200', { as: 'authority-DE2' });
    const kinds = taskPageSchema.parse(open.body).items.map(({ kind }) => kind);
    expect(kinds).not.toContain('provide-facts');
  });

  it('completes a sub-step with a note, and cannot do so twice', async () => {
    const { items } = taskPageSchema.parse(
      (await api.send('GET /tasks?status=open', { as: 'authority-DE2' })).body,
    );
    const task = items.find(({ reference }) => reference === 'A1');
    const claimed = await api.send(`POST /tasks/${task?.id}/claim`, { as: 'authority-DE2' });
    expect(taskSchema.parse(claimed.body)).toMatchObject({ status: 'claimed', assignee: 'authority-DE2' });
    const done = await api.send(`POST /tasks/${task?.id}/complete`, {
      as: 'authority-DE2',
      body: { facts: [], note: 'Beschluss 114' },
      headers: { 'if-match': claimed.headers.get('etag') ?? '' },
    });
    expect(taskSchema.parse(done.body)).toMatchObject({ status: 'done', note: 'Beschluss 114' });
    const again = await api.send(`POST /tasks/${task?.id}/complete`, {
      as: 'authority-DE2',
      body: { facts: [] },
    });
    expectProblem(again, 409, 'task.not-open');
  });

  it('passes, once', async () => {
    const answer = await api.send(`POST /cycles/${cycle}/events`, {
      as: 'coordinator',
      body: { type: 'advance', note: 'Decided in Munich', decidedOn: '2017-07-01' },
    });
    expect(answer.status).toBe(200);
    const decision = decisionSchema.parse(answer.body);
    expect([decision.cycle.stage, decision.verdict?.verdict]).toEqual(['strategy_development', 'pass']);
    expect(decision.transition).toMatchObject({
      event: 'advance',
      from: 'agenda_setting',
      to: 'strategy_development',
    });
    expect(answer.headers.get('etag')).toBe(`"${decision.cycle.version}"`);
    const { items } = historyPageSchema.parse(
      (await api.send(`GET /cycles/${cycle}/history?limit=200`, { as: 'authority-DE2' })).body,
    );
    expect(
      items.filter(({ kind, details }) => kind === 'transition' && details['from'] !== 'draft'),
    ).toHaveLength(1);
    expect(items.map(({ sequence }) => sequence)).toEqual(items.map((_, index) => index + 1));
  });

  it('shows on the board where every region stands', async () => {
    const answer = await api.send('GET /schemes/s3-4alpclusters/board', { as: 'authority-SI0' });
    const board = boardSchema.parse(answer.body);
    expect(board.regions.map(({ region }) => region)).toEqual(
      api.engine.scheme.regions.map(({ nuts }) => nuts),
    );
    expect(board.regions.find(({ region }) => region === 'DE2')).toMatchObject({
      label: 'Bavarska',
      stage: 'strategy_development',
      status: 'active',
      gate: { gate: 'strategy_development.exit', verdict: 'unknown' },
    });
  });

  it('does not understand what its stage does not know, and says what it does', async () => {
    const answer = await api.send(`POST /cycles/${cycle}/events`, {
      as: 'coordinator',
      body: { type: 'resume' },
    });
    const problem = expectProblem(answer, 409, 'event.not-possible');
    const { possible } = cycleWithEventsSchema.parse(
      (await api.send(`GET /cycles/${cycle}`, { as: 'coordinator' })).body,
    );
    expect(problem.possible).toEqual(possible);
    expect(problem.detail).toBe(
      'The cycle is in strategy_development (active); possible lists what it understands there.',
    );
  });

  it('rests and goes on, goes back, and leaves for good', async () => {
    const steps: [object, string, string][] = [
      [{ type: 'suspend', note: 'elections' }, 'strategy_development', 'suspended'],
      [{ type: 'resume' }, 'strategy_development', 'active'],
      [{ type: 'send-back', to: 'agenda_setting', note: 'new evidence' }, 'agenda_setting', 'active'],
      [{ type: 'withdraw' }, 'withdrawn', 'withdrawn'],
    ];
    for (const [body, stage, status] of steps) {
      const decision = decisionSchema.parse((await move(body)).body);
      expect([decision.cycle.stage, decision.cycle.status, decision.verdict]).toEqual([stage, status, null]);
    }
  });

  it('is over then: no event, no fact, and the refused events are logged', async () => {
    const before = await api.countRows();
    for (const type of ['advance', 'suspend', 'resume', 'withdraw', 'close', 'send-back']) {
      const answer = await api.send(`POST /cycles/${cycle}/events`, { as: 'coordinator', body: { type } });
      expect(expectProblem(answer, 409, 'event.not-possible').possible).toEqual([]);
    }
    const facts = [{ fact: 'gov.body_named', value: false }];
    expectProblem(
      await api.send(`PATCH /cycles/${cycle}/facts`, { as: 'authority-DE2', body: { facts } }),
      409,
      'cycle.ended',
    );
    expectProblem(await api.send(`GET /cycles/${cycle}/gate`, { as: 'coordinator' }), 409, 'gate.none');
    const after = await api.countRows();
    expect(after).toEqual({ ...before, log_entries: (before['log_entries'] ?? 0) + 6 });
    expect(api.logged).toEqual([]);
  });
});
