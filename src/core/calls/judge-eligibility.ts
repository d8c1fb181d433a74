import type { CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactScalar, Facts } from '../facts/fact-value.js';
import { evaluateCondition, type LeafOutcome } from '../logic/evaluate-condition.js';
import { allOf } from '../logic/truth.js';
import type { Instant } from '../terms/instant.js';
import type { Labels } from '../terms/language.js';
import { requestsOf, type Partner, type PartnerKind } from './consortium.js';
import type { EligibilityRule } from './eligibility-rules.js';
import { formatMoney } from './money.js';

/** `unknown`: it depends on what is not known of a partner yet. */
export type EligibilityWord = 'eligible' | 'ineligible' | 'unknown';

/** A rule that is broken, or that nobody can answer yet. */
export interface EligibilityReason {
  readonly rule: string;
  readonly labels: Labels;
  readonly result: 'fail' | 'unknown';
  /** Its comparisons that did not pass. */
  readonly leaves: readonly LeafOutcome[];
}

export interface EligibilityJudgement {
  readonly result: EligibilityWord;
  /** In the order of the rules; empty if eligible. */
  readonly reasons: readonly EligibilityReason[];
}

/** Of whom the rules are asked. */
export interface EligibilityQuestion {
  /** Those that count: of regions that are in the call. */
  readonly partners: readonly Partner[];
  /** NUTS code: whose partners are the `part`; null asks for the consortium alone, and `part.*` is unknown. */
  readonly region: string | null;
  /** NUTS code -> country. */
  readonly countryOf: (region: string) => string;
  readonly today: CalendarDate;
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
}

/** Judges a consortium by rules, in three-valued logic: what is not known of a partner makes unknown, not ineligible. */
export function judgeEligibility(
  rules: readonly EligibilityRule[],
  question: EligibilityQuestion,
): EligibilityJudgement {
  const context = {
    facts: eligibilityFacts(question),
    today: question.today,
    calendar: question.calendar,
    neighbourCalendars: [],
    parameters: (name: string) => ({ missing: name }),
  };
  const outcomes = rules.map((rule) => ({ rule, outcome: evaluateCondition(rule.condition, context) }));
  const truth = allOf(outcomes.map(({ outcome }) => outcome.truth));
  return {
    result: truth === null ? 'unknown' : truth ? 'eligible' : 'ineligible',
    reasons: outcomes.flatMap(({ rule, outcome }) =>
      outcome.truth === true
        ? []
        : [
            {
              rule: rule.id,
              labels: rule.labels,
              result: outcome.truth === null ? ('unknown' as const) : ('fail' as const),
              leaves: outcome.leaves.filter(({ result }) => result !== 'pass'),
            },
          ],
    ),
  };
}

/** The facts of `eligibility-catalogue`; what depends on something unknown of a partner is absent. */
export function eligibilityFacts({
  partners,
  region,
  countryOf,
  now,
}: Pick<EligibilityQuestion, 'partners' | 'region' | 'countryOf' | 'now'>): Facts {
  const own = region === null ? null : partners.filter((partner) => partner.region === region);
  const values: [string, FactScalar | null][] = [
    ['consortium.partners', partners.length],
    ['consortium.regions', new Set(partners.map((partner) => partner.region)).size],
    ['consortium.countries', new Set(partners.map((partner) => countryOf(partner.region))).size],
    ['consortium.smes', countOf(partners, 'sme')],
    ['consortium.sme_countries', smeCountries(partners, countryOf)],
    ['consortium.large', countOf(partners, 'large')],
    ['consortium.research', countOf(partners, 'research')],
    ...(own === null ? [] : partFacts(own)),
  ];
  return new Map(
    values.flatMap(([fact, value]) =>
      value === null
        ? []
        : [
            [
              fact,
              {
                fact,
                value,
                precision: null,
                observedOn: null,
                evidence: null,
                note: null,
                recordedBy: 'system',
                recordedAt: now,
                cycleNumber: 1,
              },
            ] as const,
          ],
    ),
  );
}

function partFacts(own: readonly Partner[]): [string, FactScalar | null][] {
  return [
    ['part.partners', own.length],
    ['part.smes', countOf(own, 'sme')],
    ['part.large', countOf(own, 'large')],
    ['part.research', countOf(own, 'research')],
    ['part.public', countOf(own, 'public')],
    ['part.civil', countOf(own, 'civil')],
    ['part.clusters', countOf(own, 'cluster')],
    ['part.requested', requested(own)],
  ];
}

/** Null while somebody's kind is not known. */
function countOf(partners: readonly Partner[], kind: PartnerKind): number | null {
  if (partners.some((partner) => partner.kind === null)) return null;
  return partners.filter((partner) => partner.kind === kind).length;
}

function smeCountries(partners: readonly Partner[], countryOf: (region: string) => string): number | null {
  if (partners.some((partner) => partner.kind === null)) return null;
  return new Set(partners.filter(({ kind }) => kind === 'sme').map((partner) => countryOf(partner.region)))
    .size;
}

/** Requests have so few digits that the nearest number tells every two of them apart. */
function requested(own: readonly Partner[]): number {
  const [request] = requestsOf(own);
  return request === undefined ? 0 : Number(formatMoney(request.amount));
}
