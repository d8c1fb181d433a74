import { parseEligibility, type EligibilityRuleDefinition } from '../../core/calls/eligibility-rules.js';
import type { ScoringRules } from '../../core/calls/evaluation.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { isZone } from '../../core/calendar/zone.js';
import { ratesOf } from './call-parts.js';
import type { StoredRate } from '../../store/call-store.js';
import { CRITERIA } from '../../core/calls/evaluation.js';

/** The call cannot be as it is described. */
export function invalid(pointer: string, reason: string): DomainError {
  return new DomainError('call.invalid', { pointer, reason });
}

/** @throws DomainError `call.invalid` with all `errors` of rules that cannot be evaluated */
export function checkEligibilityRules(rules: readonly EligibilityRuleDefinition[], pointer: string): void {
  const parsed = parseEligibility(rules);
  if (!('problems' in parsed)) return;
  throw new DomainError('call.invalid', {
    reason: 'A condition of eligibility cannot be evaluated.',
    errors: parsed.problems.map((problem) => ({
      pointer: pointer + problem.pointer,
      code: problem.code,
      detail: problem.message,
    })),
  });
}

/** @throws DomainError `call.invalid` for a scale or weights with which nothing can be ranked */
export function checkScoring({ scale, weights, thresholds }: ScoringRules): void {
  if (scale.least >= scale.most) throw invalid('/scoring/scale', 'The scale ends before it begins.');
  const given = CRITERIA.map((criterion) => weights[criterion]);
  if (given.some((weight) => weight < 0) || given.every((weight) => weight === 0)) {
    throw invalid('/scoring/weights', 'At least one criterion counts, and none counts against a proposal.');
  }
  const bars = [
    ...(thresholds.criteria === null
      ? []
      : CRITERIA.map((criterion) => thresholds.criteria?.[criterion] ?? 0)),
    ...(thresholds.total === null ? [] : [thresholds.total]),
  ];
  if (bars.some((bar) => bar < scale.least || bar > scale.most)) {
    throw invalid('/scoring/thresholds', 'A threshold lies outside the scale.');
  }
}

/** @throws DomainError `call.invalid` for two rates between the same currencies; `definition.invalid` as `parseRate` */
export function checkRates(rates: readonly StoredRate[]): void {
  const pairs = ratesOf(rates).map(({ from, to }) => [from, to].toSorted().join());
  if (new Set(pairs).size < pairs.length)
    throw invalid('/rates', 'Two rates lie between the same currencies.');
}

/** @throws DomainError `call.invalid` */
export function checkZone(zone: string, pointer: string): void {
  if (!isZone(zone)) throw invalid(pointer, 'No time zone has this name.');
}
