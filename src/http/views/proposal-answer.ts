import type { z } from 'zod';
import { ELIGIBILITY_CATALOGUE } from '../../core/calls/eligibility-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { ProposalView } from '../../engine/proposals/proposal-view.js';
import type { ExpertView } from '../../engine/proposals/read-proposals.js';
import type { proposalSchema, reviewListSchema } from '../schemas/proposal.js';
import { leafView } from './gate-view.js';

type ProposalAnswer = z.output<typeof proposalSchema>;

export function proposalAnswer(view: ProposalView, language: Language): ProposalAnswer {
  const { callKey, eligibility, partners, evaluation, ...rest } = view;
  return {
    ...rest,
    call: callKey,
    partners: partners.map((partner) => ({ ...partner })),
    eligibility: {
      result: eligibility.result,
      joint: judgementAnswer(eligibility.joint, language),
      regions: eligibility.regions.map((each) => ({
        ...each,
        judged: judgementAnswer(each.judged, language),
      })),
    },
    evaluation: { ...evaluation },
  };
}

function judgementAnswer(
  { result, reasons }: ProposalView['eligibility']['joint'],
  language: Language,
): ProposalAnswer['eligibility']['joint'] {
  return {
    result,
    reasons: reasons.map((reason) => ({
      rule: reason.rule,
      label: reason.labels[language],
      result: reason.result,
      leaves: reason.leaves.map((leaf) => leafView(leaf, ELIGIBILITY_CATALOGUE, language)),
    })),
  };
}

export function expertReviewAnswer({
  expert,
  review,
  fault,
}: ExpertView): z.output<typeof reviewListSchema>['items'][number] {
  return {
    expert: expert.expert,
    region: expert.region ?? null,
    declaredOn: expert.declaredOn ?? null,
    hasConflict: expert.hasConflict,
    review:
      review === null
        ? null
        : {
            scores: { ...review.scores },
            comments: review.comments ?? null,
            recordedAt: review.recordedAt,
          },
    fault,
  };
}
