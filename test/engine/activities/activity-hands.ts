import { SYSTEM_ACTOR } from '../../../src/core/terms/actor.js';
import { confirmRegion } from '../../../src/engine/activities/confirm-region.js';
import { leaveRegion } from '../../../src/engine/activities/leave-region.js';
import { proposeActivity, type ActivityProposal } from '../../../src/engine/activities/propose-activity.js';
import { readActivity } from '../../../src/engine/activities/read-activities.js';
import { scoreActivity } from '../../../src/engine/activities/score-activity.js';
import { changeActivity, type ActivityPatch } from '../../../src/engine/activities/change-activity.js';
import { advanceCycle } from '../../../src/engine/cycles/advance-cycle.js';
import { explainGate } from '../../../src/engine/cycles/explain-gate.js';
import { readHistory } from '../../../src/engine/cycles/read-history.js';
import { readFacts } from '../../../src/engine/facts/read-facts.js';
import { by, type TestEngine } from '../../support/engine.js';

const NOTHING = { name: null, regions: null, lead: null, linkedProjects: [], driver: null, note: null };

export const PROJECTS = ['Hydrogen valleys', 'Wood heat', 'Smart grids'].map((title) => ({
  title,
  url: null,
}));

/** What a test does to activities, by their key. */
export function activityHands(engine: TestEngine) {
  const scheme = engine.scheme.id;
  const of = (key: string) => ({ scheme, key });
  const read = (key: string) => readActivity(engine.deps, of(key));
  const advance = async (key: string, to: string | null = null) =>
    advanceCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: (await read(key)).cycle.id,
      to,
      note: 'Decided by the steering group',
      decidedOn: null,
    });
  const change = (key: string, patch: ActivityPatch) =>
    changeActivity(engine.deps, { ...by(engine.coordinator), ...of(key), patch, note: null });
  const rate = (key: string, ...[capacity, opportunity, relatedness]: readonly [number, number, number]) =>
    scoreActivity(engine.deps, {
      ...by(engine.coordinator),
      ...of(key),
      scores: { capacity, opportunity, relatedness },
      note: 'Rated in the workshop',
    });
  return {
    of,
    read,
    advance,
    change,
    rate,
    propose: (key: string, theme: string, more: Partial<ActivityProposal> = {}) =>
      proposeActivity(engine.deps, { ...by(engine.coordinator), ...NOTHING, scheme, key, theme, ...more }),
    confirm: (key: string, region: string) =>
      confirmRegion(engine.deps, { ...by(engine.authority(region)), ...of(key), region, note: null }),
    leave: (key: string, region: string) =>
      leaveRegion(engine.deps, { ...by(engine.authority(region)), ...of(key), region, note: 'No money' }),
    /** From candidate to selected, with good scores and enough projects. */
    select: async (key: string) => {
      await change(key, { linkedProjects: PROJECTS });
      await rate(key, 4, 4, 4);
      for (const to of ['rated', 'selected']) {
        const decision = await advance(key, to);
        if (decision.kind !== 'moved') throw new Error(JSON.stringify(decision));
      }
    },
    gate: async (key: string, to: string | null = null) =>
      explainGate(engine.deps, { actor: engine.auditor, cycleId: (await read(key)).cycle.id, to }),
    facts: async (key: string) => {
      const { facts } = await readFacts(engine.deps, {
        actor: SYSTEM_ACTOR,
        cycleId: (await read(key)).cycle.id,
      });
      return Object.fromEntries(facts.map(({ fact, value }) => [fact, value]));
    },
    /** What the history of an activity says of its record, the oldest first. */
    changes: async (key: string) =>
      (
        await readHistory(engine.deps, {
          actor: engine.auditor,
          cycleId: (await read(key)).cycle.id,
          after: 0,
          limit: 1_000,
        })
      )
        .filter(({ kind }) => kind === 'activity')
        .map(({ actorId, details }) => [details['change'], details['region'] ?? null, actorId]),
  };
}
