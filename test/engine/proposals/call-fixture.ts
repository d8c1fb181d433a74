import { advanceCycle } from '../../../src/engine/cycles/advance-cycle.js';
import { readHistory } from '../../../src/engine/cycles/read-history.js';
import { readFacts } from '../../../src/engine/facts/read-facts.js';
import { agreeTheme } from '../../../src/engine/calls/agree-theme.js';
import { proposeCall } from '../../../src/engine/calls/propose-call.js';
import { setJointPart } from '../../../src/engine/calls/set-joint-part.js';
import { setRegionPart } from '../../../src/engine/calls/set-region-part.js';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { EMPTY_REGION_FRAME } from '../../../src/core/calls/call-frame.js';
import type { EligibilityRuleDefinition } from '../../../src/core/calls/eligibility-rules.js';
import type { Currency } from '../../../src/core/calls/money.js';
import type { PotKind } from '../../../src/core/calls/commitments.js';
import { assignExpert } from '../../../src/engine/proposals/assign-expert.js';
import { checkEligibility } from '../../../src/engine/proposals/check-eligibility.js';
import { closeEvaluation } from '../../../src/engine/proposals/close-evaluation.js';
import { approveRanking } from '../../../src/engine/proposals/approve-ranking.js';
import { recordDecision, type ProjectDecision } from '../../../src/engine/proposals/record-decision.js';
import { submitProposal, type NewPartner } from '../../../src/engine/proposals/submit-proposal.js';
import { submitReview } from '../../../src/engine/proposals/submit-review.js';
import type { PartnerKind } from '../../../src/core/calls/consortium.js';
import { by, instant, type TestEngine } from '../../support/engine.js';

export const KEY = 'ENERGY';

/** What each region has promised, and its own rules of eligibility; the dates are those of IraSME's 23rd call. */
export interface FixtureRegion {
  readonly own: string | null;
  readonly pot?: string;
  readonly currency: Currency;
  readonly smesMin?: number;
  /** Its local deadline, `YYYY-MM-DD`. */
  readonly closesOn?: string;
}

export const REGIONS: Readonly<Record<string, FixtureRegion>> = {
  // IraSME asks two SMEs, Austria three, and Austria closes 26 days earlier.
  AT31: { own: '300000.00', currency: 'EUR', smesMin: 1, closesOn: '2019-03-01' },
  CH022: { own: '250000.05', currency: 'CHF' },
  SI0: { own: '200000.00', currency: 'EUR' },
  ITC4: { own: '400000.00', currency: 'EUR' },
};

export function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(`no day: ${text}`);
  return parsed;
}

const labels = (text: string) => ({ de: text, fr: text, it: text, sl: text, en: text });

export function smeRule(min: number): EligibilityRuleDefinition {
  return {
    id: 'smes',
    labels: labels(`At least ${min} small or medium-sized enterprises from the region`),
    conditions: { all: [{ fact: 'part.smes', operator: 'greaterThanInclusive', value: min }] },
  };
}

/** Two small enterprises from two countries, as IraSME asks. */
export const TWO_SMES: EligibilityRuleDefinition = {
  id: 'two-smes',
  labels: labels('Two small enterprises from two countries'),
  conditions: {
    all: [
      { fact: 'consortium.regions', operator: 'greaterThanInclusive', value: 2 },
      { fact: 'consortium.sme_countries', operator: 'greaterThanInclusive', value: 2 },
    ],
  },
};

/** Drives a whole call with real regions through its real gates. */
export function callHands(engine: TestEngine, key = KEY) {
  const { deps, scheme, coordinator } = engine;
  const ref = { scheme: scheme.id, key };
  let cycleId = '';
  const at = (text: string) => engine.clock.set(instant(text));
  const advance = async () => {
    const decision = await advanceCycle(deps, {
      ...by(coordinator),
      cycleId,
      to: null,
      note: null,
      decidedOn: null,
    });
    if (decision.kind !== 'moved') throw new Error(`refused: ${JSON.stringify(decision)}`);
  };
  const partner = (region: string, requested: string, kind: PartnerKind | null = 'sme'): NewPartner => ({
    organisation: `Firm of ${region}`,
    region,
    kind,
    requested,
  });
  return {
    ref,
    at,
    advance,
    partner,
    cycleId: () => cycleId,
    /** A call that is open, in which these regions take part. */
    open: async (
      regions: Readonly<Record<string, FixtureRegion>> = REGIONS,
      pot: PotKind = 'virtual',
    ): Promise<void> => {
      at('2018-09-03T08:00:00Z');
      const view = await proposeCall(deps, {
        ...by(coordinator),
        ...ref,
        title: 'Energy across the Alps',
        theme: 'energy',
        activities: [],
        regions: Object.keys(regions),
        pot,
        lead: 'AT31',
        zone: null,
        note: null,
      });
      cycleId = view.cycle.id;
      await agreeTheme(deps, { ...by(coordinator), ...ref, isAgreed: true, evidence: 'MoU', note: null });
      await advance();
      at('2018-10-01T08:00:00Z');
      await setJointPart(deps, {
        ...by(coordinator),
        ...ref,
        note: null,
        changes: {
          textFinalOn: day('2018-10-01'),
          opens: { on: day('2018-12-03'), time: '09:00' },
          closes: { on: day('2019-03-27'), time: '12:00' },
          eligibility: [TWO_SMES],
          rates: [{ from: 'CHF', to: 'EUR', rate: '0.88', on: '2018-10-01' }],
          scoring: {
            scale: { least: 0, most: 5 },
            weights: { excellence: 1, impact: 2, implementation: 1 },
            thresholds: { criteria: null, total: 2.5 },
          },
        },
      });
      for (const [nuts, { own, pot: share = null, currency, smesMin, closesOn }] of Object.entries(regions)) {
        await setRegionPart(deps, {
          ...by(engine.authority(nuts)),
          ...ref,
          region: nuts,
          note: null,
          part: {
            annex: { publishedOn: day('2018-10-01'), url: `https://${nuts}.example/annex` },
            eligibility: smesMin === undefined ? [] : [smeRule(smesMin)],
            commitments: { own, pot: share, currency },
            localCloses: closesOn === undefined ? null : { on: day(closesOn), time: '12:00' },
            zone: null,
            constraints: EMPTY_REGION_FRAME,
          },
        });
      }
      await advance();
      at('2018-12-03T08:30:00Z');
      await advance();
    },
    submit: (acronym: string, partners: readonly NewPartner[], actor = coordinator) =>
      submitProposal(deps, {
        ...by(actor),
        ...ref,
        proposal: { title: `Project ${acronym}`, acronym, partners },
      }),
    /** Its regions check it, three experts judge it with these scores. */
    judge: async (id: string, regions: readonly string[], score: number, experts = 3) => {
      for (const region of regions) {
        await checkEligibility(deps, {
          ...by(engine.authority(region)),
          ...ref,
          proposalId: id,
          region,
          overrule: null,
        });
      }
      for (let number = 1; number <= experts; number += 1) {
        const expert = `expert-${number}`;
        const declaration = { expert, region: null, declaredOn: day('2019-04-01'), hasConflict: false };
        await assignExpert(deps, { ...by(coordinator), ...ref, proposalId: id, declaration });
        const scores = { excellence: score, impact: score, implementation: score };
        const review = { expert, scores, comments: `secret of ${expert}` };
        await submitReview(deps, { ...by(coordinator), ...ref, proposalId: id, review });
      }
    },
    closeEvaluations: async (regions: readonly string[]) => {
      for (const region of regions) {
        await closeEvaluation(deps, { ...by(engine.authority(region)), ...ref, region });
      }
    },
    approve: (approvedOn: string | null = null) =>
      approveRanking(deps, {
        ...by(coordinator),
        ...ref,
        approval: { approvedOn: approvedOn === null ? null : day(approvedOn), reference: 'Minutes 3' },
      }),
    decide: (region: string, decidedOn: string, decisions: readonly ProjectDecision[]) =>
      recordDecision(deps, {
        ...by(engine.authority(region)),
        ...ref,
        region,
        made: { decidedOn: day(decidedOn), reference: `Decision of ${region}`, decisions },
      }),
    facts: async () => {
      const { facts } = await readFacts(deps, { actor: coordinator, cycleId });
      return Object.fromEntries(facts.map(({ fact, value }) => [fact.replace('call.', ''), value]));
    },
    changes: async () => {
      const entries = await readHistory(deps, { actor: coordinator, cycleId, after: 0, limit: 500 });
      return entries.filter(({ kind }) => kind === 'call').map(({ details }) => details);
    },
  };
}
