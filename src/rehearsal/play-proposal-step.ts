import { DomainError } from '../core/terms/domain-error.js';
import { approveRanking } from '../engine/proposals/approve-ranking.js';
import { assignExpert } from '../engine/proposals/assign-expert.js';
import { checkEligibility } from '../engine/proposals/check-eligibility.js';
import { closeEvaluation } from '../engine/proposals/close-evaluation.js';
import type { ProposalView } from '../engine/proposals/proposal-view.js';
import { readProposals } from '../engine/proposals/read-proposals.js';
import { readProjects } from '../engine/proposals/read-ranking.js';
import { recordDecision } from '../engine/proposals/record-decision.js';
import { setCommonStart } from '../engine/proposals/set-common-start.js';
import { submitProposal } from '../engine/proposals/submit-proposal.js';
import { submitReview } from '../engine/proposals/submit-review.js';
import type { JointNews } from './joint-news.js';
import type { JointStepOf, ProposalStep } from './joint-step-schema.js';
import { readDay } from './read-day.js';
import type { RehearsalRun } from './rehearsal-run.js';

const PROPOSALS_MAX = 100;

/** Takes a step on the proposals to a call through the verb of the engine that the API would call. */
export async function playProposalStep(run: RehearsalRun, step: ProposalStep): Promise<JointNews> {
  return { about: step.key, kind: 'call', lines: await linesOf(run, step) };
}

async function linesOf(run: RehearsalRun, step: ProposalStep): Promise<readonly string[]> {
  switch (step.do) {
    case 'submit-proposal':
      return submit(run, step);
    case 'check-eligibility':
      return check(run, step);
    case 'review-proposals':
      return review(run, step);
    case 'close-evaluation':
      return close(run, step);
    case 'approve-ranking':
      return rank(run, step);
    case 'record-decisions':
      return decide(run, step);
    case 'set-common-start': {
      const { projects } = await setCommonStart(run.deps, {
        ...asCoordinator(run),
        ...refOf(run, step),
        startOn: readDay(step.startOn),
      });
      const started = projects.filter(({ startOn }) => startOn !== null).map(({ acronym }) => acronym);
      return [`${started.join(', ')} start on ${step.startOn} in all their regions`];
    }
  }
}

async function submit(run: RehearsalRun, step: JointStepOf<'submit-proposal'>): Promise<readonly string[]> {
  const { title, acronym, partners, expect } = step;
  const who = `${acronym} of ${[...new Set(partners.map(({ region }) => region))].join(' ')}`;
  try {
    await submitProposal(run.deps, {
      ...asCoordinator(run),
      ...refOf(run, step),
      proposal: { title, acronym, partners },
    });
  } catch (error) {
    if (expect !== 'too-late' || !(error instanceof DomainError) || error.code !== 'proposal.too-late')
      throw error;
    return [`${who} is too late: ${String(error.details['region'])} closed before`];
  }
  if (expect !== 'taken')
    throw new DomainError('definition.invalid', { step: `submit ${acronym}`, expected: expect });
  return [`${who} submitted: ${title}`];
}

async function check(run: RehearsalRun, step: JointStepOf<'check-eligibility'>): Promise<readonly string[]> {
  for (const { id, eligibility } of await proposalsOf(run, step)) {
    for (const { region } of eligibility.regions) {
      await checkEligibility(run.deps, {
        ...asAuthority(run, region),
        ...refOf(run, step),
        proposalId: id,
        region,
        overrule: null,
      });
    }
  }
  const checked = await proposalsOf(run, step);
  return checked.map(({ acronym, eligibility }) => {
    const regions = eligibility.regions.map(({ region, result }) => `${region} ${result}`).join(', ');
    return `${acronym} is ${eligibility.result}: ${regions}`;
  });
}

async function review(run: RehearsalRun, step: JointStepOf<'review-proposals'>): Promise<readonly string[]> {
  for (const { id, acronym } of await proposalsOf(run, step)) {
    for (const [index, [excellence, impact, implementation]] of (step.scores[acronym] ?? []).entries()) {
      const expert = `expert-${index + 1}`;
      const at = { ...asCoordinator(run), ...refOf(run, step), proposalId: id };
      const declared = { expert, region: null, declaredOn: readDay(step.on), hasConflict: false };
      await assignExpert(run.deps, { ...at, declaration: declared });
      await submitReview(run.deps, {
        ...at,
        review: { expert, scores: { excellence, impact, implementation }, comments: null },
      });
    }
  }
  return (await proposalsOf(run, step)).map(
    ({ acronym, evaluation }) => `${acronym}: ${evaluation.reviews} reviews of independent experts`,
  );
}

async function close(run: RehearsalRun, step: JointStepOf<'close-evaluation'>): Promise<readonly string[]> {
  const regions = step.regions === 'all' ? run.scheme.regions.map(({ nuts }) => nuts) : step.regions;
  for (const region of regions) {
    await closeEvaluation(run.deps, { ...asAuthority(run, region), ...refOf(run, step), region });
  }
  return [`evaluation finished in ${regions.join(' ')}`];
}

async function rank(run: RehearsalRun, step: JointStepOf<'approve-ranking'>): Promise<readonly string[]> {
  const { approved } = await approveRanking(run.deps, {
    ...asCoordinator(run),
    ...refOf(run, step),
    approval: { approvedOn: readDay(step.on), reference: step.reference },
  });
  const names = new Map((await proposalsOf(run, step)).map(({ id, acronym }) => [id, acronym]));
  const order = (approved?.ranked ?? []).map(
    ({ rank: place, proposal }) => `${place}. ${names.get(proposal)}`,
  );
  return [`ranking approved (${step.reference}): ${order.join(', ')}`];
}

/** Every region grants what is set aside for its partners. */
async function decide(run: RehearsalRun, step: JointStepOf<'record-decisions'>): Promise<readonly string[]> {
  const { projects } = await readProjects(run.deps, refOf(run, step));
  const lines: string[] = [];
  for (const region of step.regions) {
    const own = projects.filter(
      ({ status, grants }) => status === 'funded' && grants.some((grant) => grant.region === region),
    );
    if (own.length === 0) continue;
    await recordDecision(run.deps, {
      ...asAuthority(run, region),
      ...refOf(run, step),
      region,
      made: {
        decidedOn: readDay(step.on),
        reference: `${region}-${step.on}`,
        decisions: own.map(({ proposal }) => ({ proposal, result: 'funds', amount: null })),
      },
    });
    lines.push(`${region} funds ${own.map(({ acronym }) => acronym).join(', ')}`);
  }
  const { money } = await readProjects(run.deps, refOf(run, step));
  const sums = money.totals.map(
    ({ currency, committed, granted, free }) =>
      `${currency} ${granted} granted of ${committed}, ${free} free`,
  );
  return [...lines, sums.join('; ')];
}

async function proposalsOf(
  run: RehearsalRun,
  step: { readonly key: string },
): Promise<readonly ProposalView[]> {
  const page = { after: null, limit: PROPOSALS_MAX };
  const found = await readProposals(run.deps, { ...refOf(run, step), ...page });
  return found.filter(({ status }) => status === 'submitted');
}

function asCoordinator(run: RehearsalRun) {
  return { actor: run.cast.coordinator, expectedVersion: null, idempotency: null } as const;
}

/** @throws DomainError `region.not-found` */
function asAuthority(run: RehearsalRun, region: string) {
  const actor = run.cast.authorities.get(region);
  if (actor === undefined) throw new DomainError('region.not-found', { region });
  return { actor, expectedVersion: null, idempotency: null } as const;
}

function refOf(run: RehearsalRun, { key }: { readonly key: string }) {
  return { scheme: run.scheme.id, key };
}
