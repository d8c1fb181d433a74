import { describe, expect, it, jest } from '@jest/globals';
import type { EventOf, RehearsalEvent } from '../../src/rehearsal/rehearsal-event.js';
import { judgeScenario } from '../../src/rehearsal/judge-scenario.js';
import { renderTimeline } from '../../src/rehearsal/render-timeline.js';
import type { Scenario } from '../../src/rehearsal/scenario-schema.js';
import { runRehearsal, scenarioDocument, shippedSurroundings } from './run-rehearsal.js';

/** For opening eleven regions on a busy machine, in milliseconds; nothing is measured. */
jest.setTimeout(120_000);

/** The shipped regions with a story of its own. */
function scenarioOf(steps: readonly object[]): Scenario {
  const document = { ...(scenarioDocument() as object), endsOn: '2016-11-10', steps, jointSteps: [] };
  const judged = judgeScenario(document, shippedSurroundings());
  if ('problems' in judged) throw new Error(JSON.stringify(judged.problems));
  return judged.scenario;
}

const step = { on: '2016-11-07', region: 'AT31', by: 'coordinator' } as const;
const AGENDA_RULES = ['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08'];
const waivers = AGENDA_RULES.map((rule) => ({
  ...step,
  do: 'waive',
  rule,
  reason: 'so that the way back can be rehearsed',
  secondedBy: 'administrator2',
  endsOn: '2016-11-30',
}));

function moves(events: readonly RehearsalEvent[]): readonly EventOf<'moved'>[] {
  return events.filter((event) => event.type === 'moved' && event.from.id !== 'draft') as EventOf<'moved'>[];
}

describe('a scenario of its own', () => {
  it('can send a region back, with a note and without a gate', async () => {
    const events = await runRehearsal(
      scenarioOf([
        ...waivers,
        { ...step, do: 'advance', expect: 'waived' },
        { ...step, on: '2016-11-08', do: 'send-back', expect: 'moved', note: 'Too early.' },
      ]),
    );
    expect(moves(events)).toMatchObject([
      { event: 'advance', to: { id: 'strategy_development' }, verdict: 'waived' },
      { event: 'send-back', to: { id: 'agenda_setting' }, verdict: null, note: 'Too early.' },
    ]);
  });

  it('can let a region leave, and the sync points go on without it', async () => {
    const events = await runRehearsal(scenarioOf([{ ...step, do: 'withdraw', expect: 'moved' }]));
    const moved = moves(events);
    expect(moved).toMatchObject([{ event: 'withdraw', to: { id: 'withdrawn' } }]);
    expect(moved.flatMap((event) => renderTimeline(event)).join(' ')).toContain('(withdraw)');
    const finished = events.at(-1);
    expect(finished).toMatchObject({ type: 'finished' });
    if (finished?.type !== 'finished') return;
    expect(finished.outcomes.find(({ region }) => region === 'AT31')).toMatchObject({
      status: 'withdrawn',
      held: null,
    });
  });

  it('shows an event that is not possible as a refusal', async () => {
    const events = await runRehearsal(scenarioOf([{ ...step, do: 'resume', expect: 'refused' }]));
    const refused = events.filter(({ type }) => type === 'refused');
    expect(refused).toMatchObject([{ region: 'AT31', event: 'resume', code: 'event.not-possible' }]);
    expect(refused.flatMap((event) => renderTimeline(event)).join(' ')).toContain('event.not-possible');
  });

  it('ends where the rules answer something else than it tells', async () => {
    const running = runRehearsal(scenarioOf([{ ...step, do: 'advance', expect: 'pass' }]));
    await expect(running).rejects.toMatchObject({
      code: 'definition.invalid',
      details: { step: '2016-11-07 AT31 advance', expected: 'pass', outcome: 'refused' },
    });
  });

  it('ends where a task that it ticks off is not open', async () => {
    const running = runRehearsal(scenarioOf([{ ...step, do: 'complete-tasks', tasks: ['V1'] }]));
    await expect(running).rejects.toMatchObject({ code: 'definition.invalid', details: { task: 'V1' } });
  });
});
