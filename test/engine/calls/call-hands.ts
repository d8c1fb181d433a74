import type { CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { EMPTY_REGION_FRAME } from '../../../src/core/calls/call-frame.js';
import type { Actor } from '../../../src/core/terms/actor.js';
import { agreeTheme } from '../../../src/engine/calls/agree-theme.js';
import { joinCall } from '../../../src/engine/calls/join-call.js';
import { leaveCall } from '../../../src/engine/calls/leave-call.js';
import { proposeCall, type CallProposal } from '../../../src/engine/calls/propose-call.js';
import { readCall } from '../../../src/engine/calls/read-call.js';
import { setJointPart, type JointChanges } from '../../../src/engine/calls/set-joint-part.js';
import { setRegionPart, type RegionPart } from '../../../src/engine/calls/set-region-part.js';
import { advanceCycle } from '../../../src/engine/cycles/advance-cycle.js';
import { readFacts } from '../../../src/engine/facts/read-facts.js';
import { readHistory } from '../../../src/engine/cycles/read-history.js';
import { by, type TestEngine } from '../../support/engine.js';

export const day = (text: string) => text as CalendarDate;

/** What a region says that is ready for the package; `over` replaces parts of it. */
export function readyPart(over: Partial<RegionPart> = {}): RegionPart {
  return {
    annex: { publishedOn: day('2018-09-03'), url: 'https://example.eu/annex' },
    eligibility: [],
    commitments: { own: '1500000.00', pot: null, currency: 'EUR' },
    localCloses: null,
    zone: null,
    constraints: EMPTY_REGION_FRAME,
    ...over,
  };
}

/** Short ways of a test to work on calls of its engine. */
export function callHands(engine: TestEngine) {
  const { deps, coordinator } = engine;
  const scheme = engine.scheme.id;
  const at = (key: string) => ({ scheme, key });
  const cycleOf = async (key: string) => (await readCall(deps, { actor: coordinator, ...at(key) })).cycle.id;
  return {
    propose: (key: string, over: Partial<CallProposal> = {}) =>
      proposeCall(deps, {
        ...by(coordinator),
        ...at(key),
        title: `Call ${key}`,
        theme: 'Energy and environment',
        activities: [],
        regions: ['AT31', 'DE1', 'CH022', 'SI0'],
        pot: 'virtual',
        lead: 'AT31',
        zone: null,
        note: null,
        ...over,
      }),
    read: (key: string, actor: Actor = coordinator) => readCall(deps, { actor, ...at(key) }),
    joint: (key: string, changes: JointChanges, expectedVersion: number | null = null) =>
      setJointPart(deps, { ...by(coordinator), expectedVersion, ...at(key), changes, note: null }),
    part: (key: string, region: string, part: RegionPart, actor = engine.authority(region)) =>
      setRegionPart(deps, { ...by(actor), ...at(key), region, part, note: null }),
    agree: (key: string) =>
      agreeTheme(deps, { ...by(coordinator), ...at(key), isAgreed: true, evidence: null, note: null }),
    join: (key: string, region: string) =>
      joinCall(deps, { ...by(engine.authority(region)), ...at(key), region, note: null }),
    leave: (key: string, region: string) =>
      leaveCall(deps, { ...by(engine.authority(region)), ...at(key), region, reason: 'no budget this year' }),
    advance: async (key: string) =>
      advanceCycle(deps, {
        ...by(coordinator),
        cycleId: await cycleOf(key),
        to: null,
        note: null,
        decidedOn: null,
      }),
    facts: async (key: string) => {
      const { facts } = await readFacts(deps, { actor: coordinator, cycleId: await cycleOf(key) });
      return Object.fromEntries(facts.map(({ fact, value }) => [fact, value]));
    },
    changes: async (key: string) => {
      const entries = await readHistory(deps, {
        actor: coordinator,
        cycleId: await cycleOf(key),
        after: 0,
        limit: 1_000,
      });
      return entries.filter(({ kind }) => kind === 'call').map(({ details }) => details);
    },
  };
}
