import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Leeway } from '../../../src/core/calls/alignment-constraints.js';
import { EMPTY_CALL_FRAME, EMPTY_REGION_FRAME } from '../../../src/core/calls/call-frame.js';
import { addClosure } from '../../../src/engine/calendars/add-closure.js';
import { alignCall } from '../../../src/engine/calls/align-call.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { callHands, day, readyPart } from './call-hands.js';

const LOCKED = null;

const frameWith = (leeway: Leeway | null) => ({
  ...EMPTY_CALL_FRAME,
  earliestDay: { on: day('2018-09-03'), leeway: LOCKED },
  lastDay: { on: day('2019-07-01'), leeway: LOCKED },
  evaluationDays: { days: 30, leeway },
});

describe('the dates of a call', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof callHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2018-09-03T08:00:00Z'));
    hand = callHands(engine);
    await hand.propose('DATES', { regions: ['AT31', 'DE1', 'SI0'] });
    await hand.joint('DATES', { frame: frameWith({ daysMax: 15, costPerDay: 1 }) });
  });
  afterAll(() => engine.close());

  const align = async () =>
    (await alignCall(engine.deps, { actor: engine.auditor, scheme: engine.scheme.id, key: 'DATES' }))
      .alignment;
  const meetings = async (...days: string[]) =>
    hand.part(
      'DATES',
      'SI0',
      readyPart({
        constraints: {
          ...EMPTY_REGION_FRAME,
          meetings: days.map((on) => ({ on: day(on), leeway: { daysMax: 30, costPerDay: 2 } })),
        },
      }),
    );

  it('are found from the holidays of every region, and each bound names what binds it', async () => {
    const found = await align();
    if (found.kind !== 'feasible') throw new Error(found.kind);
    // Thirty days after the text; 3 October is a holiday in Baden-Wuerttemberg.
    expect(found.earliest).toMatchObject({
      textFinalOn: '2018-09-04',
      opensOn: '2018-10-04',
      closesOn: '2018-12-03',
    });
    expect(found.windows.opening[0]?.from).toBe('2018-10-04');
    const opening = found.bounds.find(({ step, end }) => step === 'opening' && end === 'earliest');
    expect(opening?.binding.map(({ constraints }) => constraints.map(({ name }) => name))).toContainEqual([
      'call/notice-days',
    ]);
    expect(opening?.binding.map(({ constraints }) => constraints.map(({ name }) => name))).toContainEqual([
      'DE1/working-days',
    ]);
  });

  it('keep clear of a closure as soon as it stands', async () => {
    await addClosure(engine.deps, {
      ...by(engine.administrator),
      calendar: 'SI',
      date: day('2018-10-04'),
      label: 'bridge day',
    });
    const found = await align();
    if (found.kind !== 'feasible') throw new Error(found.kind);
    expect(found.earliest.opensOn).toBe('2018-10-05');
  });

  it('wait for the meeting of a region that decides on few days, which is named as the reason', async () => {
    await meetings('2019-03-15');
    const found = await align();
    if (found.kind !== 'feasible') throw new Error(found.kind);
    expect(found.earliest.regions.find(({ region }) => region === 'SI0')?.decidesOn).toBe('2019-03-15');
    const start = found.bounds.find(({ step, end }) => step === 'start' && end === 'earliest');
    expect(start).toMatchObject({ on: '2019-04-01' });
    expect(start?.binding[0]?.constraints).toMatchObject([{ name: 'SI0/meetings', region: 'SI0' }]);
  });

  it('are made possible by the smallest moves, which leave locked constraints alone', async () => {
    // The body meets before an evaluation of thirty days can be over: ten days less of it cost less than its waiting.
    await meetings('2018-12-24');
    const found = await align();
    if (found.kind !== 'moves') throw new Error(found.kind);
    expect(found.moves).toMatchObject([{ name: 'call/evaluation-days', days: -10 }]);
    expect(found.cost).toBe(10);
    expect(found.conflict.map(({ name }) => name)).toContain('SI0/meetings');
    expect(found.earliest).toMatchObject({ rankedOn: '2018-12-24', startsOn: '2019-02-01' });

    await hand.joint('DATES', { frame: frameWith(LOCKED) });
    const locked = await align();
    if (locked.kind !== 'moves') throw new Error(locked.kind);
    expect(locked.moves).toMatchObject([{ name: 'SI0/meeting/2018-12-24', days: 10 }]);
    expect(locked.cost).toBe(20);
  });

  it('are refused with a reason where the constraints cannot be worked with', async () => {
    const twice = { name: 'year', from: day('2019-01-01'), to: day('2019-12-31'), leeway: LOCKED };
    await hand.part(
      'DATES',
      'SI0',
      readyPart({
        constraints: { ...EMPTY_REGION_FRAME, budgetYears: [{ ...twice, to: day('2018-12-31') }] },
      }),
    );
    await expect(align()).rejects.toMatchObject({ code: 'call.invalid' });
  });
});
