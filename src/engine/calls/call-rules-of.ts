import { callRules, type CallRules } from '../../core/calls/call-rules.js';
import type { CriticalMassParameters } from '../../core/activities/critical-mass.js';
import type { Rulebook } from '../../core/gates/rulebook.js';

/** Where the rulebook of a call says how many days and experts a rule asks for: rule and parameter. */
const PLACES = {
  noticeDays: ['R22', 'notice_days_min'],
  openDays: ['R23', 'open_days_min'],
  localLeadDays: ['R24', 'lead_days_max'],
  experts: ['R25', 'experts_min'],
  decisionDays: ['R26', 'window_days_max'],
  startGapDays: ['R27', 'gap_days_min'],
} as const satisfies Partial<Record<keyof CallRules, readonly [string, string]>>;

/** The rules about time of a call with the numbers of its rulebook; the defaults for what that does not say. */
export function callRulesOf(rulebook: Rulebook): CallRules {
  const entries = Object.entries(PLACES).flatMap(([name, [rule, parameter]]) => {
    const value = numberIn(rulebook, rule, parameter);
    return value === null ? [] : [[name, value] as const];
  });
  return callRules(Object.fromEntries(entries) as Partial<CallRules>);
}

/** What critical mass asks of the regions of a call (R14), by its rulebook. */
export function callMassOf(rulebook: Rulebook, otherwise: CriticalMassParameters): CriticalMassParameters {
  const regionsMin = numberIn(rulebook, 'R14', 'regions_min') ?? otherwise.regionsMin;
  const strict = numberIn(rulebook, 'R14', 'regions_min_all_advanced');
  return {
    regionsMin,
    countriesMin: numberIn(rulebook, 'R14', 'countries_min') ?? otherwise.countriesMin,
    regionsMoreIfAllAdvanced:
      strict === null ? otherwise.regionsMoreIfAllAdvanced : Math.max(0, strict - regionsMin),
    source: rulebook.rules.get('R14')?.source.text ?? otherwise.source,
  };
}

/** Null where the rulebook has no such parameter, or one that depends on the region. */
function numberIn(rulebook: Rulebook, rule: string, name: string): number | null {
  const parameter = rulebook.rules.get(rule)?.parameters.get(name);
  return parameter !== undefined && 'value' in parameter && typeof parameter.value === 'number'
    ? parameter.value
    : null;
}
