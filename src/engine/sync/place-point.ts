import { parsePredicates, factsAsked } from '../../core/sync/parse-predicates.js';
import type { SyncPointDefinition } from '../../core/sync/sync-point.js';
import type { JointScope } from '../../core/sync/sync-scope.js';
import { tallyOf } from '../../core/sync/tally.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { addSyncPoint, type SyncPointRow } from '../../store/sync-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { standingAtFirst } from './join-sync-point.js';
import { memberParts } from './member-parts.js';
import { deadlineDay, setDeadlineTimer } from './point-deadline.js';
import { stepSyncPoint } from './step-sync-point.js';

/** A sync point that is to be placed. */
export interface PointPlan {
  readonly scheme: string;
  readonly definition: Omit<SyncPointDefinition, 'source'>;
  /** Null: the scheme's own. */
  readonly scope: JointScope | null;
  /** Id of the template; null: none. */
  readonly template: string | null;
  readonly now: Instant;
}

/**
 * Places a sync point: its members stand in it as their cycles do, its deadline is set, and it is judged at once, as
 * everybody may have arrived already. A last day that has passed by then is none: a scheme that is opened later than
 * it was planned would release, on its first day, what nobody has reached.
 *
 * @throws DomainError `sync-point.invalid` with the reason: a member or the region of the deadline that is not in the
 *   scheme, a condition that can't be read
 */
export async function placePoint(
  deps: EngineDeps,
  tx: Tx,
  { scheme, definition, scope, template, now }: PointPlan,
): Promise<SyncPointRow> {
  const { members, ...point } = definition;
  const catalogue = deps.catalog.latestFactCatalogue();
  const { problems } = parsePredicates(point.rule, catalogue);
  if (problems.length > 0) {
    throw new DomainError('sync-point.invalid', { reason: 'a condition of the rule is not valid', problems });
  }
  const subjects = await listSyncSubjects(tx, scheme, point.milestone, members);
  const known = new Set(subjects.map(({ region }) => region));
  const unknown = members.filter((member) => !known.has(member));
  if (unknown.length > 0) {
    throw new DomainError('sync-point.invalid', { reason: `${unknown.join(', ')}: not in the scheme` });
  }
  const facts = factsAsked(point.rule, catalogue);
  const placed = [];
  for (const subject of subjects) {
    const parts = await memberParts(deps, tx, { rule: point.rule, facts }, { subject, now });
    placed.push({ region: subject.region, ...(await standingAtFirst(tx, subject, now)), parts });
  }
  const planned = await deadlineDay(deps, tx, { scheme, deadline: point.deadline, now });
  const day = planned !== null && planned.at > now ? planned : null;
  const row = addSyncPoint(
    tx,
    {
      scheme,
      ...point,
      scopeKind: scope?.kind ?? 'scheme',
      scopeKey: scope?.key ?? null,
      template,
      deadlineOn: day?.on ?? null,
      deadlineAt: day?.at ?? null,
      tally: tallyOf(point.rule, placed),
      facts,
    },
    placed,
    now,
  );
  if (day !== null) setDeadlineTimer(deps, tx, row, day);
  await tx.flush();
  await stepSyncPoint(deps, tx, row, { event: { type: 'judge' }, region: null, now });
  return row;
}
