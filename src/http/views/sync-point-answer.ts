import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { SyncPointView } from '../../engine/sync/read-sync-points.js';
import type { syncPointSchema } from '../schemas/sync-point.js';

type SyncPointAnswer = z.output<typeof syncPointSchema>;

export function syncPointAnswer(view: SyncPointView, language: Language): SyncPointAnswer {
  const { point, members, state } = view;
  const releasedWith = point.releasedWith ?? null;
  return {
    id: point.id,
    scheme: point.scheme,
    label: point.labels[language],
    milestone: point.milestone,
    rule: point.rule,
    deadline: { on: point.deadline.on, policy: point.deadline.policy },
    lateJoiner: point.lateJoiner,
    leaver: point.leaver,
    members: members.map((member) => ({
      region: member.region,
      state: member.state,
      since: member.since,
    })),
    needed: state.needed,
    arrived: [...state.arrived],
    missing: state.missing.map((region) => missingMember(region, view)),
    released: (point.releasedAt ?? null) !== null,
    releasedAt: point.releasedAt ?? null,
    releasedWith:
      releasedWith === null
        ? null
        : { arrived: [...releasedWith.arrived], missing: [...releasedWith.missing] },
  };
}

/** Where the region is that has not arrived, and whether it still can. */
function missingMember(region: string, view: SyncPointView): SyncPointAnswer['missing'][number] {
  const cycle = view.cycles.get(region);
  const state = view.members.find((member) => member.region === region)?.state;
  return {
    region,
    reason: state === 'left' || state === 'resting' ? state : 'milestone-not-reached',
    cycle: cycle?.id ?? null,
    stage: cycle?.stage ?? null,
    status: cycle?.status ?? null,
  };
}
