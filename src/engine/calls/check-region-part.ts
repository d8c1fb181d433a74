import { recommit } from '../../core/calls/commitments.js';
import { leadDays } from '../../core/calls/package-facts.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listProjects } from '../../store/award-store.js';
import type { CallRegionChanges, CallRegionRow } from '../../store/call-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { sameValue } from '../history/same-value.js';
import { callBudget } from '../proposals/call-budget.js';
import { findCallRecord } from '../proposals/find-call-record.js';
import type { CallWork } from './call-for-change.js';
import { budgetOf, commitmentsOf } from './call-parts.js';
import { callRulesOf } from './call-rules-of.js';
import { checkEligibilityRules, checkZone, invalid } from './check-call.js';

/** What was announced with the opening and stays; the rest is money and planning. */
const ANNOUNCED = ['annexPublishedOn', 'eligibility', 'localClosesAt', 'currency'] as const;

/**
 * Whether a region may say this for itself.
 *
 * @throws DomainError `call.invalid`: a local deadline after the common one or earlier by more days than R24 lets (unless
 *   a waiver does), a purse that the pot does not have, a condition that cannot be evaluated, less money than is set
 *   aside; `date.in-the-future` for an annex that is not published yet; `call.not-possible` for what was announced
 */
export async function checkRegionPart(
  deps: EngineDeps,
  tx: Tx,
  work: CallWork,
  { part, columns }: { readonly part: CallRegionRow; readonly columns: CallRegionChanges },
): Promise<void> {
  const { picture } = work;
  const after: CallRegionRow = { ...part, ...columns };
  const publishedOn = after.annexPublishedOn ?? null;
  if (publishedOn !== null && publishedOn > picture.today) {
    throw new DomainError('date.in-the-future', {
      pointer: '/annex/publishedOn',
      date: publishedOn,
      today: picture.today,
    });
  }
  checkZone(after.localZone, '/zone');
  checkEligibilityRules(after.eligibility, '/eligibility');
  checkAnnounced(work, part, after);
  checkLocalDeadline(work, after);
  checkPurses(work, after);
  await checkUsed(deps, tx, work, after);
}

function checkAnnounced({ picture }: CallWork, before: CallRegionRow, after: CallRegionRow): void {
  const { stage } = picture.cycle;
  if (['proposed', 'agreed', 'packaged'].includes(stage)) return;
  const changed = ANNOUNCED.find((name) => !sameValue(before[name] ?? null, after[name] ?? null));
  if (changed === undefined) return;
  throw new DomainError('call.not-possible', { reason: `With the opening ${changed} was announced.`, stage });
}

function checkLocalDeadline({ call, picture }: CallWork, after: CallRegionRow): void {
  const localOn = after.localClosesOn ?? null;
  const localAt = after.localClosesAt ?? null;
  const closesOn = call.closesOn ?? null;
  const closesAt = call.closesAt ?? null;
  if (localOn === null || localAt === null || closesOn === null || closesAt === null) return;
  const isWaived = picture.waivers.some(({ rule, endsOn }) => rule === 'R24' && endsOn >= picture.today);
  if (isWaived) return;
  const { localLeadDays } = callRulesOf(picture.rulebook);
  if (localAt > closesAt) {
    throw invalid('/localCloses', `A local deadline never lies after the common one of ${closesOn}.`);
  }
  const lead = leadDays(localOn, closesOn);
  if (lead > localLeadDays) {
    throw invalid(
      '/localCloses',
      `It lies ${lead} days before the common deadline; at most ${localLeadDays} are possible.`,
    );
  }
}

/** Every purse that is named is one of the pot, and a common pot has one currency. */
function checkPurses({ call, parts }: CallWork, after: CallRegionRow): void {
  try {
    budgetOf(
      call,
      parts.map((part) => (part.region === after.region ? after : part)),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw invalid('/commitments', `It is ${String(error.details.what ?? error.details.reason)}.`);
  }
}

/** A region keeps what is set aside and granted of its money. */
async function checkUsed(deps: EngineDeps, tx: Tx, { call }: CallWork, after: CallRegionRow): Promise<void> {
  const projects = await listProjects(tx, { scheme: call.scheme, callKey: call.key });
  if (projects.length === 0) return;
  const budget = callBudget(await findCallRecord(deps, tx, call), { projects });
  for (const { region, purse, committed: before } of budget.commitments) {
    if (region !== after.region) continue;
    const promised = commitmentsOf(after).find((one) => one.purse === purse)?.committed;
    const committed = promised ?? { minor: 0n, currency: before.currency };
    if (recommit(budget, { region, purse, committed }).kind === 'refused') {
      throw invalid(`/commitments/${purse}`, 'Less than what is set aside and granted of it.');
    }
  }
}
