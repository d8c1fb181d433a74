import type { AlarmCode, Finding } from './model-check-alarm.js';

/** One English sentence per alarm; `{name}` is a parameter. */
const SENTENCES: Readonly<Record<AlarmCode, string>> = {
  'gate.missing': 'the rulebook has no gate {gate}',
  'gate.unsatisfiable': 'no facts open gate {gate}: {rules} are never satisfied together',
  'gate.closed-on-arrival': 'gate {gate} can only open before a cycle can stand in front of it ({from})',
  'gate.always-open': 'once its facts are known, gate {gate} opens whatever they are',
  'rule.unsatisfiable': 'no facts satisfy {rule} of gate {gate}',
  'rule.undecidable': '{rule} of gate {gate} stays unknown: nobody can record {facts}',
  'rules.contradict': '{rules} of gate {gate} are never satisfied together',
  'rule.dead': '{rule} of gate {gate} decides nothing: {by} imply it',
  'rule.never-holds': 'whenever gate {gate} opens, {rule} is broken, because of {by}',
  'state.unreachable': 'no way through gates that can open leads to {state}',
  'state.without-exit': 'from {states} no final state can be reached',
  'state.only-withdrawal': 'from {states} a cycle can only be withdrawn, never closed',
  'sync-point.waits-for-itself': 'members arrive at {syncPoint} only after its release ({waitsFor})',
  'sync-point.never-released': '{syncPoint} waits for {waitsFor}, which is never released',
  'sync-point.members-cannot-arrive':
    'only {arriving} members can ever arrive at {syncPoint}, which needs {needed}',
};

/** Says what was found, and for which regions. */
export function wordAlarm({ code, params, regions }: Finding): string {
  const sentence = SENTENCES[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return value === undefined ? name : value.join(', ');
  });
  return regions.length === 0 ? sentence : `${sentence} (${regions.join(', ')})`;
}
