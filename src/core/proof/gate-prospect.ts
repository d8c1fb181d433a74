import type { Rulebook } from '../gates/rulebook.js';
import type { Verdict } from '../gates/verdict.js';
import { factsOfLeaf, leavesOf } from '../logic/condition.js';
import { hasRecorder, type LivingPeople } from './living-people.js';

/** `open`; `openable`: somebody living can still change what keeps it shut, or time does; `shut`: nobody can. */
export type GateProspect = 'open' | 'openable' | 'shut';

/**
 * Whether a shut gate can still be opened without a waiver: every fact that it waits for can be recorded by somebody, or
 * changes with a record that somebody keeps,
 * and of every rule that fails at least one fact can be changed. A rule that fails on what Cordata derives alone (the
 * working days in the stage) may hold by itself tomorrow. Whether there are values that open it is not asked.
 */
export function gateProspect(
  verdict: Verdict,
  rulebook: Rulebook,
  people: LivingPeople,
  region: string,
): GateProspect {
  if (verdict.verdict !== 'fail' && verdict.verdict !== 'unknown') return 'open';
  const recordable = (fact: string): boolean => {
    const definition = rulebook.catalogue.get(fact);
    if (definition === undefined) return false;
    return definition.counted === true || hasRecorder(people, definition.owner, region);
  };
  const derived = (fact: string): boolean => rulebook.catalogue.get(fact)?.owner === 'engine';
  const canPass = verdict.failing.every((id) => {
    const condition = rulebook.rules.get(id)?.condition;
    const facts = condition === undefined ? [] : leavesOf(condition).flatMap(factsOfLeaf);
    return facts.some(recordable) || facts.every(derived);
  });
  return canPass && verdict.missing.every(({ fact }) => recordable(fact)) ? 'openable' : 'shut';
}
