import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  makeWorkingCalendar,
  type WorkingCalendarData,
} from '../../../src/core/calendar/working-calendar.js';
import { factCatalogueSchema } from '../../../src/core/facts/fact-catalogue.js';
import { compareRulebooks } from '../../../src/core/gates/compare-rulebooks.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { evaluateGate, type GateContext } from '../../../src/core/gates/evaluate-gate.js';
import { openingSets } from '../../../src/core/gates/opening-sets.js';
import { proveGate } from '../../../src/core/gates/prove-gate.js';
import { assumedFact } from '../../../src/core/gates/rule-formula.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { day } from '../logic/logic-fixtures.js';

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

interface File {
  readonly rules: { id: string; parameters: Record<string, { values: Record<string, number> }> }[];
}

const { facts } = factCatalogueSchema.parse(read('rules/facts/1.json'));
const catalogue = new Map(facts.map((fact) => [fact.name, fact]));
const calendar = makeWorkingCalendar(read('config/calendars/AT-5.json') as WorkingCalendarData);
const realm = { calendar, neighbourCalendars: [] };

function compiled(definition: unknown): Rulebook {
  const result = compileRulebook(definition, catalogue, 'a-hash');
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.rulebook;
}

const rulebook = compiled(read('rules/region-cycle/1.json'));
const gates = [...rulebook.gates.keys()];

describe('a shipped gate', () => {
  it.each(gates)('can open and can fail, and every rule of it matters: %s', (gate) => {
    const proof = proveGate(rulebook, gate, realm);
    expect(proof).toMatchObject({
      canOpen: { answer: 'yes' },
      canFail: { answer: 'yes' },
      contradictions: [],
      undecidedPairs: [],
    });
    for (const rule of proof.rules) {
      expect(rule).toMatchObject({
        canPass: { answer: 'yes' },
        canFail: { answer: 'yes' },
        matters: { answer: 'yes' },
      });
    }
  });

  const context: GateContext = {
    ...realm,
    today: day('2018-01-08'),
    stale: new Set(),
    facts: new Map([['region.class', assumedFact('region.class', 'convergence', null)]]),
  };

  it.each(gates)('tells a region that has recorded nothing how to open it: %s', (gate) => {
    const answer = openingSets({ rulebook, gate, context, waivers: [] });
    expect(answer).toMatchObject({ hopeless: [], isCut: false, exactness: { isExact: true } });
    expect(answer.sets.length).toBeGreaterThan(0);
    for (const { changes } of answer.sets) {
      const changed = new Map([
        ...context.facts,
        ...changes.map(({ recorded }) => [recorded.fact, recorded] as const),
      ]);
      const { verdict } = evaluateGate({
        rulebook,
        gate,
        context: { ...context, facts: changed },
        waivers: [],
      });
      expect(['pass', 'conditional']).toContain(verdict);
    }
  });

  it('waits for its class in a region that has none', () => {
    const question = {
      rulebook,
      gate: 'agenda_setting.exit',
      context: { ...context, facts: new Map() },
      waivers: [],
    };
    expect(openingSets(question)).toMatchObject({ sets: [], hopeless: ['R04', 'R05'] });
  });
});

describe('the shipped rulebook', () => {
  it('is proved equal to itself', () => {
    const { gates, rules } = compareRulebooks(rulebook, compiled(read('rules/region-cycle/1.json')), realm);
    expect([...gates, ...rules].filter(({ state }) => state !== 'equal')).toEqual([]);
  });

  it('refuses more advanced regions, and nobody else, if their score is raised', () => {
    const file = structuredClone(read('rules/region-cycle/1.json')) as File;
    const score = file.rules.find(({ id }) => id === 'R05')?.parameters['score_min'];
    if (score === undefined) throw new Error('R05 has no score_min');
    score.values['advanced'] = 60;
    const { gates, rules } = compareRulebooks(rulebook, compiled(file), realm);
    const changed = [...gates, ...rules].filter(({ state }) => state !== 'equal');
    expect(changed.map(({ id, state, isCut }) => [id, state, isCut])).toEqual([
      ['agenda_setting.exit', 'changed', false],
      ['R05', 'changed', false],
    ]);
    for (const { refused, admitted } of changed) {
      expect(admitted).toEqual([]);
      for (const { conditions, witness } of refused) {
        expect(conditions).toContainEqual({ fact: 'region.class', operator: 'equal', value: 'advanced' });
        expect(witness.facts.get('region.class')?.value).toBe('advanced');
      }
    }
  });
});
