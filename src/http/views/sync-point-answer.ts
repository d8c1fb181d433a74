import type { z } from 'zod';
import type { SyncScope } from '../../core/sync/sync-scope.js';
import type { Language } from '../../core/terms/language.js';
import { statusOf } from '../../engine/sync/point-standing.js';
import type { MissingReason } from '../../engine/sync/explain-missing.js';
import type { SyncPointView } from '../../engine/sync/read-sync-points.js';
import type { syncPointSchema } from '../schemas/sync-point.js';

type SyncPointAnswer = z.output<typeof syncPointSchema>;

export function syncPointAnswer(view: SyncPointView, language: Language): SyncPointAnswer {
  const { point, members, state } = view;
  const status = statusOf(point);
  const unmet = members.filter(({ region }) => view.reasons.get(region)?.kind === 'predicate');
  return {
    id: point.id,
    scheme: point.scheme,
    scope: scopeOf(view),
    template: point.template ?? null,
    label: point.labels[language],
    milestone: point.milestone,
    rule: point.rule,
    deadline: {
      ...point.deadline,
      on: point.deadlineOn ?? point.deadline.on,
      at: point.deadlineAt ?? null,
      passedAt: point.deadlinePassedAt ?? null,
    },
    lateJoiner: point.lateJoiner,
    leaver: point.leaver,
    tells: [...new Set(point.releases.flatMap(({ audience }) => audience))],
    placedAt: point.placedAt ?? null,
    members: members.map((member) => ({
      region: member.region,
      state: member.state,
      since: member.since,
      left: member.why ?? null,
      toldAt: member.toldAt ?? null,
    })),
    status,
    reachable: status !== 'open' || state.reachable,
    unreachableSince: point.unreachableAt ?? null,
    needed: state.needed,
    asks: [...state.leaves],
    arrived: [...state.arrived],
    missing: [...state.missing, ...unmet.map(({ region }) => region)].map((region) =>
      missingMember(region, view, language),
    ),
    released: status === 'released',
    releasedAt: point.releasedAt ?? null,
    releasedWith: releasedWith(view),
    told: view.told,
    cancelled:
      (point.cancelledAt ?? null) === null
        ? null
        : {
            at: point.cancelledAt ?? point.placedAt ?? '',
            by: point.cancelledBy ?? '',
            reason: point.cancelReason ?? null,
          },
  };
}

function scopeOf({ point: { scopeKind, scopeKey } }: SyncPointView): SyncScope {
  return scopeKind === 'scheme' ? { kind: 'scheme' } : { kind: scopeKind, key: scopeKey ?? '' };
}

function releasedWith({ point }: SyncPointView): SyncPointAnswer['releasedWith'] {
  const { arrived, missing, by = 'rule', actor = null, reason = null } = point.releasedWith ?? {};
  if (arrived === undefined || missing === undefined) return null;
  return { arrived: [...arrived], missing: [...missing], by, actor, reason };
}

/** Where the region is that has not arrived, why, and whether it still can. */
function missingMember(
  region: string,
  view: SyncPointView,
  language: Language,
): SyncPointAnswer['missing'][number] {
  const cycle = view.cycles.get(region);
  const state = view.members.find((member) => member.region === region)?.state;
  const why = view.reasons.get(region) ?? null;
  return {
    region,
    reason:
      state === 'left' || state === 'resting'
        ? state
        : state === 'arrived'
          ? 'predicate'
          : 'milestone-not-reached',
    cycle: cycle?.id ?? null,
    stage: cycle?.stage ?? null,
    status: cycle?.status ?? null,
    why: why === null ? null : whyAnswer(why, language),
  };
}

function whyAnswer(
  { kind, gate, facts, since }: MissingReason,
  language: Language,
): NonNullable<SyncPointAnswer['missing'][number]['why']> {
  return {
    kind,
    gate:
      gate === null
        ? null
        : {
            id: gate.id,
            to: gate.to,
            verdict: gate.verdict,
            failing: gate.failing.map(({ rule, labels }) => ({ rule, label: labels?.[language] ?? rule })),
          },
    facts: facts.map(({ labels, ...fact }) => ({ ...fact, label: labels?.[language] ?? fact.fact })),
    since,
  };
}
