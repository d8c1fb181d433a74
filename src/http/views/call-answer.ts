import type { z } from 'zod';
import type { Alignment } from '../../core/calls/alignment.js';
import type { CommitmentSums } from '../../core/calls/commitments.js';
import { formatMoney, type Money } from '../../core/calls/money.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Language } from '../../core/terms/language.js';
import type { CallAlignment } from '../../engine/calls/align-call.js';
import type { CallPartView, CallView } from '../../engine/calls/call-view.js';
import type { CommitmentsView } from '../../engine/calls/read-commitments.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { callAlignmentSchema } from '../schemas/call-alignment.js';
import type { callRegionSchema, callSchema, commitmentsSchema } from '../schemas/call.js';
import { cycleAnswer } from './cycle-answer.js';

type Call = z.output<typeof callSchema>;
type CallRegion = z.output<typeof callRegionSchema>;
type Commitments = z.output<typeof commitmentsSchema>;
type AlignmentAnswer = z.output<typeof callAlignmentSchema>;

export function callAnswer(
  { call, cycle, parts, mass, packageUntil }: CallView,
  catalog: EngineDeps['catalog'],
  language: Language,
): Call {
  const { verdict, regions, countries, regionsNeeded, countriesNeeded } = mass;
  return {
    scheme: call.scheme,
    key: call.key,
    version: call.version,
    title: call.title,
    theme: call.theme,
    activities: [...call.activities],
    lead: call.lead,
    pot: call.pot,
    zone: call.zone,
    cycleId: cycle.id,
    cycle: cycleAnswer(cycle, catalog, language),
    textFinalOn: call.textFinalOn ?? null,
    packageUntil,
    opens: momentAnswer(call.opensOn, call.opensTime, call.opensAt, call.zone),
    closes: momentAnswer(call.closesOn, call.closesTime, call.closesAt, call.zone),
    rankingOn: call.rankingOn ?? null,
    startOn: call.startOn ?? null,
    scoring: call.scoring as Call['scoring'],
    funding: call.funding,
    eligibility: call.eligibility.map((rule) => ({ ...rule })),
    rates: call.rates.map((rate) => ({ ...rate })),
    frame: { ...call.frame },
    criticalMass: { verdict, regions, countries, regionsNeeded, countriesNeeded },
    regions: parts.map(({ part, labels, country, gaps }) => ({
      region: part.region,
      label: labels[language],
      country,
      state: part.state,
      since: part.stateSince,
      leftReason: part.leftReason ?? null,
      missing: [...gaps],
      readyAt: part.readyAt ?? null,
    })),
    proposedAt: call.proposedAt,
    changedAt: call.changedAt,
  };
}

export function callRegionAnswer(
  { part, labels, country, gaps }: CallPartView,
  language: Language,
): CallRegion {
  const publishedOn = part.annexPublishedOn ?? null;
  return {
    scheme: part.scheme,
    call: part.key,
    region: part.region,
    label: labels[language],
    country,
    version: part.version,
    state: part.state,
    since: part.stateSince,
    leftReason: part.leftReason ?? null,
    missing: [...gaps],
    readyAt: part.readyAt ?? null,
    annex: publishedOn === null ? null : { publishedOn, url: part.annexUrl ?? null },
    eligibility: part.eligibility.map((rule) => ({ ...rule })),
    commitments: { own: part.ownAmount ?? null, pot: part.potAmount ?? null, currency: part.currency },
    localCloses: momentAnswer(part.localClosesOn, part.localClosesTime, part.localClosesAt, part.localZone),
    constraints: { ...part.constraints },
    changedAt: part.changedAt,
    changedBy: part.changedBy,
  };
}

export function commitmentsAnswer({
  call,
  pot,
  rows,
  totals,
  withoutBudget,
  rates,
}: CommitmentsView): Commitments {
  return {
    scheme: call.scheme,
    call: call.key,
    pot,
    rows: rows.map(({ region, purse, ...sums }) => ({ region, purse, ...sumsAnswer(sums) })),
    totals: totals.map(({ currency, ...sums }) => ({ currency, ...sumsAnswer(sums) })),
    withoutBudget: [...withoutBudget],
    rates: rates.map((rate) => ({ ...rate })),
  };
}

export function callAlignmentAnswer(found: CallAlignment): AlignmentAnswer {
  const { alignment } = found;
  const hasDates = alignment.kind === 'feasible' || alignment.kind === 'moves';
  return {
    scheme: found.scheme,
    call: found.key,
    from: found.from,
    to: found.to,
    regions: [...found.regions],
    result: alignment.kind,
    reason: alignment.kind === 'none' ? alignment.reason : null,
    windows: hasDates ? (structuredClone(alignment.windows) as unknown as AlignmentAnswer['windows']) : null,
    earliest: hasDates
      ? (structuredClone(alignment.earliest) as unknown as AlignmentAnswer['earliest'])
      : null,
    bounds:
      alignment.kind === 'feasible'
        ? (structuredClone(alignment.bounds) as unknown as AlignmentAnswer['bounds'])
        : [],
    moves: movesOf(alignment),
    cost: alignment.kind === 'moves' ? alignment.cost : null,
    conflict: alignment.kind === 'feasible' ? [] : alignment.conflict.map((one) => ({ ...one })),
  };
}

function movesOf(alignment: Alignment): AlignmentAnswer['moves'] {
  if (alignment.kind !== 'moves' && alignment.kind !== 'undecided') return null;
  return alignment.moves?.map((move) => ({ ...move })) ?? null;
}

function sumsAnswer({ committed, reserved, granted, free }: CommitmentSums): {
  readonly [Column in keyof CommitmentSums]: Commitments['rows'][number][Column];
} {
  const money = (amount: Money) => ({ amount: formatMoney(amount), currency: amount.currency });
  return {
    committed: money(committed),
    reserved: money(reserved),
    granted: money(granted),
    free: money(free),
  };
}

function momentAnswer(
  on: string | null | undefined,
  time: string | null | undefined,
  at: Instant | null | undefined,
  zone: string,
): Call['opens'] {
  if (on === null || on === undefined || time === null || time === undefined) return null;
  if (at === null || at === undefined) return null;
  const { offset } = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return { on, time, zone, offset, at };
}
