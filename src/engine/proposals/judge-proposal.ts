import type { Partner } from '../../core/calls/consortium.js';
import { parseEligibility, type EligibilityRuleDefinition } from '../../core/calls/eligibility-rules.js';
import { judgeEligibility, type EligibilityJudgement } from '../../core/calls/judge-eligibility.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { isInCall, partsIn, type CallRecord } from './call-record.js';
import type { CallDesk } from './call-desk.js';
import { partnersOf } from './dossier.js';

/** What the rules say of a consortium: the call's own, and those of each region that has partners in it. */
export interface ProposalJudgement {
  readonly joint: EligibilityJudgement;
  /** NUTS code -> judgement; only regions that are in the call. */
  readonly regions: ReadonlyMap<string, EligibilityJudgement>;
}

/**
 * Judges a consortium by the rules as they stand. Partners of regions that are not in the call do not count: whoever
 * pays nothing makes no consortium eligible.
 */
export function judgeProposal(
  { call, picture, now }: Pick<CallDesk, 'call' | 'picture' | 'now'>,
  partners: readonly Partner[],
): ProposalJudgement {
  const counting = partners.filter(({ region }) => isInCall(call, region));
  const countryOf = (nuts: string): string =>
    picture.regions.find((region) => region.nuts === nuts)?.country ?? '';
  const judge = (
    rules: readonly EligibilityRuleDefinition[],
    region: string | null,
  ): EligibilityJudgement => {
    const place = picture.regions.find(({ nuts }) => nuts === (region ?? picture.region.nuts));
    return judgeEligibility(rulesOf(call, rules), {
      partners: counting,
      region,
      countryOf,
      today: picture.today,
      now,
      calendar: picture.calendars((place ?? picture.region).calendar),
    });
  };
  const involved = partsIn(call).filter((part) => counting.some(({ region }) => region === part.region));
  return {
    joint: judge(call.jointEligibility, null),
    regions: new Map(involved.map((part) => [part.region, judge(part.eligibility, part.region)])),
  };
}

/** Whether a consortium is not ineligible by the call's own rules when only partners of these regions count. */
export function isEligibleWith(desk: CallDesk, proposalId: string, regions: readonly string[]): boolean {
  const row = desk.dossier.files.find((file) => file.row.id === proposalId)?.row;
  const partners = row === undefined ? [] : partnersOf(row).filter(({ region }) => regions.includes(region));
  return judgeProposal(desk, partners).joint.result !== 'ineligible';
}

/** They were judged when the annex was written: what does not parse here is a fault of the program. */
function rulesOf(
  { key }: CallRecord,
  definitions: readonly EligibilityRuleDefinition[],
): Extract<ReturnType<typeof parseEligibility>, { rules: unknown }>['rules'] {
  const parsed = parseEligibility(definitions);
  if ('problems' in parsed) {
    throw new DomainError('definition.invalid', { call: key, problems: parsed.problems });
  }
  return parsed.rules;
}
