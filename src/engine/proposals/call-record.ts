import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { CriticalMassParameters } from '../../core/activities/critical-mass.js';
import type { CallRules } from '../../core/calls/call-rules.js';
import type { Commitment, PotKind } from '../../core/calls/commitments.js';
import type { EligibilityRuleDefinition } from '../../core/calls/eligibility-rules.js';
import type { ScoringRules } from '../../core/calls/evaluation.js';
import type { FundingPolicy } from '../../core/calls/funding.js';
import type { Currency } from '../../core/calls/money.js';
import type { Instant } from '../../core/terms/instant.js';

/** The part of a region in a call, as far as proposals ask for it. */
export interface CallPart {
  /** NUTS code. */
  readonly region: string;
  /** Null while it takes part; else since when it does not. */
  readonly leftOn: CalendarDate | null;
  readonly leftAt: Instant | null;
  readonly leftReason: string | null;
  /** In which its partners ask and are paid. */
  readonly currency: Currency;
  /** Null: as the common deadline. */
  readonly localClosesAt: Instant | null;
  /** IANA name, in which its deadline is told. */
  readonly zone: string;
  /** Of its annex. */
  readonly eligibility: readonly EligibilityRuleDefinition[];
  readonly commitments: readonly Commitment[];
}

/** A joint call as far as proposals ask for it. */
export interface CallRecord {
  readonly scheme: string;
  readonly key: string;
  readonly cycleId: string;
  /** Null: not set yet. */
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly scoring: ScoringRules;
  readonly pot: PotKind;
  readonly policy: FundingPolicy;
  readonly rules: CallRules;
  readonly criticalMass: CriticalMassParameters;
  /** What every consortium has to be, whatever its regions ask besides. */
  readonly jointEligibility: readonly EligibilityRuleDefinition[];
  /** Those that have left among them. */
  readonly parts: readonly CallPart[];
}

/** The regions that take part, by NUTS code. */
export function partsIn(call: CallRecord): readonly CallPart[] {
  return call.parts.filter(({ leftOn }) => leftOn === null);
}

/** Whether a region takes part. */
export function isInCall(call: CallRecord, region: string): boolean {
  return partsIn(call).some((part) => part.region === region);
}
