import type { Alignment } from '../core/calls/alignment.js';
import { formatMoney } from '../core/calls/money.js';
import { DomainError } from '../core/terms/domain-error.js';
import { agreeTheme } from '../engine/calls/agree-theme.js';
import { alignCall } from '../engine/calls/align-call.js';
import { proposeCall } from '../engine/calls/propose-call.js';
import { readCall } from '../engine/calls/read-call.js';
import { readCommitments } from '../engine/calls/read-commitments.js';
import { setJointPart } from '../engine/calls/set-joint-part.js';
import { setRegionPart } from '../engine/calls/set-region-part.js';
import { advanceJoint } from './advance-joint.js';
import { ASSUMED_NOTE } from './take-step.js';
import type { JointNews } from './joint-news.js';
import type { CallStep, JointStepOf } from './joint-step-schema.js';
import { readDay } from './read-day.js';
import type { RehearsalRun } from './rehearsal-run.js';
import { smesRule } from './smes-rule.js';

/** Takes a step on a call through the verb of the engine that the API would call. */
export async function playCallStep(run: RehearsalRun, step: CallStep): Promise<JointNews> {
  return { about: step.key, kind: 'call', lines: await linesOf(run, step) };
}

async function linesOf(run: RehearsalRun, step: CallStep): Promise<readonly string[]> {
  switch (step.do) {
    case 'propose-call':
      return propose(run, step);
    case 'agree-theme':
      await agreeTheme(run.deps, {
        ...asCoordinator(run),
        ...refOf(run, step),
        isAgreed: true,
        evidence: null,
        note: ASSUMED_NOTE,
      });
      return ['the regions agree on the theme'];
    case 'set-dates':
      return setDates(run, step);
    case 'set-parts':
      return setParts(run, step);
    case 'align-call': {
      const found = await alignCall(run.deps, { actor: run.cast.coordinator, ...refOf(run, step) });
      return [`dates looked for from ${found.from} to ${found.to}`, ...alignmentLines(found.alignment)];
    }
    case 'advance-call': {
      const { cycle } = await readCall(run.deps, { actor: run.cast.coordinator, ...refOf(run, step) });
      const stage = await advanceJoint(run, { cycleId: cycle.id, to: null, expect: step.expect });
      return [step.expect === 'pass' ? `-> ${stage}` : `stays in ${stage}`];
    }
  }
}

async function propose(
  run: RehearsalRun,
  { key, title, theme, activities, lead }: JointStepOf<'propose-call'>,
): Promise<readonly string[]> {
  const { scheme } = run;
  const { parts, mass } = await proposeCall(run.deps, {
    ...asCoordinator(run),
    scheme: scheme.id,
    key,
    title,
    theme,
    activities,
    regions: scheme.regions.map(({ nuts }) => nuts),
    pot: 'virtual',
    lead,
    zone: null,
    note: ASSUMED_NOTE,
  });
  return [
    `proposed: ${title}`,
    `${parts.length} regions of ${mass.countries} countries, each pays its own; ${lead} leads`,
  ];
}

async function setDates(run: RehearsalRun, step: JointStepOf<'set-dates'>): Promise<readonly string[]> {
  const { textFinalOn, opens, closes, rate, evaluationDays, lastDay } = step;
  const { call } = await setJointPart(run.deps, {
    ...asCoordinator(run),
    ...refOf(run, step),
    changes: {
      textFinalOn: readDay(textFinalOn),
      opens: { ...opens, on: readDay(opens.on) },
      closes: { ...closes, on: readDay(closes.on) },
      rates: [{ from: 'CHF', to: 'EUR', ...rate }],
      frame: {
        earliestDay: null,
        lastDay: { on: readDay(lastDay), leeway: null },
        evaluationDays: { days: evaluationDays, leeway: null },
        calendar: null,
        blackouts: [],
        ruleLeeways: {},
      },
    },
    note: null,
  });
  return [
    `text final ${textFinalOn}; opens ${opens.on} ${opens.time} ${call.zone} (${call.opensAt}), ` +
      `closes ${closes.on} ${closes.time} (${call.closesAt}): one instant for all`,
  ];
}

async function setParts(run: RehearsalRun, step: JointStepOf<'set-parts'>): Promise<readonly string[]> {
  const { annexUrl, own, currency, localCloses, smesMin } = step.part;
  for (const region of step.regions) {
    const actor = run.cast.authorities.get(region);
    if (actor === undefined) throw new DomainError('region.not-found', { region });
    await setRegionPart(run.deps, {
      actor,
      expectedVersion: null,
      idempotency: null,
      ...refOf(run, step),
      region,
      part: {
        annex: { publishedOn: readDay(step.on), url: annexUrl },
        eligibility: [smesRule(smesMin)],
        commitments: { own, pot: null, currency },
        localCloses: localCloses === null ? null : { ...localCloses, on: readDay(localCloses.on) },
        zone: null,
        constraints: {
          noticeDays: null,
          openDays: null,
          localLead: null,
          meetings: null,
          decisionDays: null,
          budgetYears: null,
          blackouts: [],
        },
      },
      note: ASSUMED_NOTE,
    });
  }
  const local = localCloses === null ? '' : `, own deadline ${localCloses.on} ${localCloses.time}`;
  const { totals } = await readCommitments(run.deps, { actor: run.cast.coordinator, ...refOf(run, step) });
  const sums = totals.map(({ currency: one, committed }) => `${one} ${formatMoney(committed)}`).join(' and ');
  return [
    `${step.regions.join(' ')}: annex published, ${currency} ${own} each, at least ${smesMin} SMEs${local}`,
    `committed so far: ${sums}`,
  ];
}

function alignmentLines(alignment: Alignment): readonly string[] {
  switch (alignment.kind) {
    case 'feasible':
      return [
        ...windowLines(alignment),
        ...alignment.bounds
          .flatMap(({ step, region, end, on, binding }) => {
            const [first] = binding;
            if (first === undefined) return [];
            const names = first.constraints.map(({ name }) => name).join(', ');
            return [`${step}${region === null ? '' : ` of ${region}`} ${end} ${on}: bound by ${names}`];
          })
          .slice(0, BOUNDS_TOLD_MAX),
      ];
    case 'moves':
      return [
        `no dates suit all; the smallest set of moves (${alignment.cost} days): ` +
          alignment.moves.map(({ name, days }) => `${name} by ${days}`).join(', '),
        ...windowLines(alignment),
      ];
    case 'none':
    case 'undecided':
      return [`no dates suit all: ${alignment.conflict.map(({ name }) => name).join(', ')}`];
  }
}

/** More bounds than this are left to the command line, which names them all. */
const BOUNDS_TOLD_MAX = 4;

function windowLines({ windows }: Extract<Alignment, { kind: 'feasible' | 'moves' }>): readonly string[] {
  const span = (ranges: readonly { readonly from: string; readonly to: string }[]): string =>
    ranges.length === 0 ? 'never' : `${ranges[0]?.from} to ${ranges.at(-1)?.to}`;
  return [
    `opening ${span(windows.opening)}; deadline ${span(windows.deadline)}; ranking ${span(windows.ranking)}; ` +
      `start ${span(windows.start)}`,
  ];
}

function asCoordinator(run: RehearsalRun) {
  return { actor: run.cast.coordinator, expectedVersion: null, idempotency: null } as const;
}

function refOf(run: RehearsalRun, { key }: { readonly key: string }) {
  return { scheme: run.scheme.id, key };
}
