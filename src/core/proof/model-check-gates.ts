import type { Gate } from '../gates/rulebook.js';
import { pointerTo } from '../terms/problem.js';
import { ALARM_SEVERITIES, type Finding } from './model-check-alarm.js';
import { judgeGate, type GateFault } from './model-check-gate.js';
import { daysOfDecision, unrecordable, type Model } from './model-check-model.js';
import type { WitnessSite } from './model-check-question.js';
import { sharedFaults, type SharedFault, type Suspicion } from './model-check-suspicion.js';
import { standsBefore, witnessOfGate } from './model-check-witness.js';

/** What each region reaches, by its NUTS code. */
type Sites = ReadonlyMap<string, WitnessSite>;

/**
 * What is wrong with the gates of the rulebook. What shuts a gate is wrong wherever it does. An idle rule is wrong only
 * if it is idle in all regions for which the gate opens: in some of them it may be so on purpose.
 */
export function judgeGates(model: Model, sites: Sites): readonly Suspicion[] {
  return [...model.rulebook.gates.values()].flatMap((gate) => {
    const found = faultsOf(gate, model, sites);
    const shut = new Set(found.flatMap(([nuts, { code }]) => (code === 'gate.unsatisfiable' ? [nuts] : [])));
    const passing = [...sites.keys()].filter((nuts) => !shut.has(nuts));
    const concerned = passing.length > 0 ? passing : [...sites.keys()];
    return sharedFaults(found, keyOf).flatMap((shared) => {
      const isEverywhere = concerned.every((nuts) => shared.regions.includes(nuts));
      const isLocal = shared.fault.isBlocking || shared.fault.code === 'gate.always-open';
      if (!isEverywhere && !isLocal) return [];
      return [suspicionOf(gate, shared, { model, sites, isEverywhere })];
    });
  });
}

function faultsOf(gate: Gate, model: Model, sites: Sites): readonly (readonly [string, GateFault])[] {
  const missing = unrecordable(model);
  return [...sites].flatMap(
    ([
      nuts,
      {
        solver,
        walk: { region },
      },
    ]) => {
      const situation = { region, missing, days: daysOfDecision(model, region), enteredOn: null };
      return judgeGate(gate, solver, situation).map((fault) => [nuts, fault] as const);
    },
  );
}

/** Faults that shut the gate are told apart by whether they are proved; of others one doubt is enough. */
function keyOf({ code, rules, isBlocking, undecided }: GateFault): string {
  return JSON.stringify([code, rules.map(({ id }) => id), isBlocking, isBlocking && undecided !== null]);
}

function suspicionOf(
  gate: Gate,
  { fault, regions, all }: SharedFault<GateFault>,
  {
    model,
    sites,
    isEverywhere,
  }: { readonly model: Model; readonly sites: Sites; readonly isEverywhere: boolean },
): Suspicion {
  const isBad = fault.isBlocking || (fault.code === 'gate.always-open' && isEverywhere);
  const siteOf = (nuts: string) => sites.get(nuts) ?? [];
  const able = regions.flatMap(siteOf);
  const site = able.find((each) => standsBefore(gate.id, each)) ?? able[0];
  return {
    code: fault.code,
    ...placeOf(gate, fault, model),
    regions,
    severity: isBad ? ALARM_SEVERITIES[fault.code] : 'warning',
    undecided: [...new Set(all.flatMap(({ undecided }) => undecided ?? []))],
    witness: () => witnessOfGate(gate, fault, site as WitnessSite),
  };
}

/** Where it is, and what a sentence about it names. */
function placeOf(gate: Gate, fault: GateFault, model: Model): Pick<Finding, 'file' | 'pointer' | 'params'> {
  const file = 'rulebook';
  const rules = fault.rules.map(({ id }) => id);
  const at = pointerTo('/gates', gate.id);
  const [rule = ''] = rules;
  const atRule = pointerTo('/rules', [...model.rulebook.rules.keys()].indexOf(rule));
  const by = fault.by.map(({ id }) => id);
  switch (fault.code) {
    case 'gate.unsatisfiable':
    case 'rules.contradict':
      return { file, pointer: at, params: { gate: gate.id, rules } };
    case 'rule.dead':
    case 'rule.never-holds':
      return { file, pointer: atRule, params: { gate: gate.id, rule, by } };
    case 'rule.unsatisfiable':
      return { file, pointer: atRule, params: { gate: gate.id, rule } };
    case 'rule.undecidable': {
      const asked = fault.rules.flatMap(({ factNames }) => factNames);
      const never = unrecordable(model);
      return {
        file,
        pointer: atRule,
        params: { gate: gate.id, rule, facts: asked.filter((fact) => never.has(fact)) },
      };
    }
    default:
      return { file, pointer: at, params: { gate: gate.id } };
  }
}
