import { pointerTo } from '../terms/problem.js';
import { ALARM_SEVERITIES, type Alarm, type Undecided } from './model-check-alarm.js';
import { judgeGates } from './model-check-gates.js';
import { daysOfDecision, type Model } from './model-check-model.js';
import { arrowsOf, type Arrow } from './model-check-place.js';
import type { WitnessSite } from './model-check-question.js';
import { ModelSolver } from './model-check-solver.js';
import { pointerToArrow, sharedFaults, type Suspicion } from './model-check-suspicion.js';
import { judgeSync, type StuckSyncPoint } from './model-check-sync.js';
import { judgeWays } from './model-check-ways.js';
import { witnessOfArrow, witnessOfLoop, witnessOfMilestone, witnessOfState } from './model-check-witness.js';

export interface ModelCheck {
  /** Empty: no fault of the kinds of `ALARM_SEVERITIES`, but for what is undecided. */
  readonly alarms: readonly Alarm[];
  /** Empty: the answer is exact. */
  readonly undecided: readonly Undecided[];
}

type Sites = ReadonlyMap<string, WitnessSite>;

/**
 * Checks a workflow, a rulebook and the sync points of a scheme together, for every region of it: can every gate open
 * and shut, does every rule count, can every state be reached and every cycle end, is every sync point released.
 *
 * Facts may be whatever their types allow, recorded anew at any time by those who answer for them; days run from the
 * beginning of the scheme (or of the rulebook) to the end of the region's calendar; nothing is waived. A region
 * without a class can be given any.
 *
 * An alarm is proved and has a witness for `replayWitness`. What the bounds of the solver leave open is `undecided`,
 * and taken as if it were in order.
 */
export function checkModel(model: Model): ModelCheck {
  const solver = new ModelSolver(model);
  const { stuck, walks } = judgeSync(model, solver);
  const sites: Sites = new Map(walks.map((walk) => [walk.region.nuts, { model, solver, walk }]));
  const suspicions = [
    ...judgeGates(model, sites),
    ...judgeArrows(model, sites),
    ...judgeStates(model, sites),
    ...stuck.flatMap((each) => judgeStuck(each, model, sites)),
  ];
  const alarms: Alarm[] = [];
  const undecided: Undecided[] = [];
  for (const { severity, undecided: because, witness, ...finding } of suspicions) {
    if (because.length === 0) alarms.push({ ...finding, severity, witness: witness() });
    else undecided.push({ ...finding, because });
  }
  return { alarms, undecided };
}

/** Transitions that no region passes although their gates, asked at the right time, could open; or without a gate. */
function judgeArrows(model: Model, sites: Sites): readonly Suspicion[] {
  return arrowsOf(model.workflow).flatMap((arrow): Suspicion[] => {
    const found = [...sites].flatMap(([nuts, site]) =>
      arrowFaults(arrow, site).map((fault) => [nuts, fault] as const),
    );
    return sharedFaults(found, ({ code, because }) => JSON.stringify([code, because])).flatMap(
      ({ fault, regions }) => {
        const [site] = regions.flatMap((nuts) => sites.get(nuts) ?? []);
        if (site === undefined) return [];
        return [
          {
            code: fault.code,
            file: 'workflow',
            pointer: pointerToArrow(arrow),
            regions,
            params: { gate: arrow.gate ?? '', from: arrow.from },
            severity: ALARM_SEVERITIES[fault.code],
            undecided: fault.because === null ? [] : [fault.because],
            witness: () => witnessOfArrow(arrow, site),
          },
        ];
      },
    );
  });
}

interface ArrowFault {
  readonly code: 'gate.missing' | 'gate.closed-on-arrival';
  readonly because: Undecided['because'][number] | null;
}

function arrowFaults(
  { from, type, to, gate }: Arrow,
  { model, solver, walk }: WitnessSite,
): readonly ArrowFault[] {
  const rules = gate === null ? [] : model.rulebook.gates.get(gate)?.rules;
  if (rules === undefined) return [{ code: 'gate.missing', because: null }];
  const way = walk.ways.find((each) => each.from === from && each.type === type && each.to === to);
  if (way === undefined || way.state === 'open' || way.state === 'missing') return [];
  const { region, missing } = walk;
  const anyDay = { region, missing, days: daysOfDecision(model, region), enteredOn: null };
  // Where it can't open on any day, that is the fault of the gate or of a sync point, and told there.
  const answer = solver.answers(
    rules.map((rule) => ({ rule, says: 'opens' })),
    anyDay,
  );
  return answer === 'found' ? [{ code: 'gate.closed-on-arrival', because: way.because }] : [];
}

function judgeStates(model: Model, sites: Sites): readonly Suspicion[] {
  const found = [...sites].flatMap(([nuts, { walk }]) =>
    judgeWays(model.workflow, walk).map((fault) => [nuts, fault] as const),
  );
  return sharedFaults(found, (fault) => JSON.stringify(fault)).flatMap(({ fault, regions }): Suspicion[] => {
    const [site] = regions.flatMap((nuts) => sites.get(nuts) ?? []);
    const [state = ''] = fault.states;
    if (site === undefined) return [];
    const isUnreachable = fault.code === 'state.unreachable';
    return [
      {
        code: fault.code,
        file: 'workflow',
        pointer: pointerTo('/states', state),
        regions,
        params: isUnreachable ? { state } : { states: fault.states },
        severity: ALARM_SEVERITIES[fault.code],
        undecided: [],
        witness: () => (isUnreachable ? witnessOfState(state, site) : witnessOfLoop(fault, site)),
      },
    ];
  });
}

function judgeStuck(stuck: StuckSyncPoint, { syncPoints }: Model, sites: Sites): readonly Suspicion[] {
  const { point, waitsFor, isCircular, missing, arriving, needed } = stuck;
  const code = isCircular
    ? 'sync-point.waits-for-itself'
    : waitsFor.length > 0
      ? 'sync-point.never-released'
      : 'sync-point.members-cannot-arrive';
  const site = missing.flatMap((nuts) => sites.get(nuts) ?? [])[0] ?? [...sites.values()][0];
  if (site === undefined) return [];
  const isCured = point.deadline.policy === 'release' && point.deadline.on !== null;
  const lack = { missing, arriving: arriving.length, needed };
  return [
    {
      code,
      file: 'scheme',
      pointer: pointerTo('/syncPoints', syncPoints.indexOf(point)),
      regions: missing.filter((nuts) => sites.has(nuts)),
      params: { syncPoint: point.id, ...(waitsFor.length > 0 ? { waitsFor } : lack) },
      severity: isCured ? 'warning' : ALARM_SEVERITIES[code],
      undecided: [],
      witness: () => witnessOfMilestone(point.milestone, site),
    },
  ];
}
