import { describe, expect, it } from '@jest/globals';
import type { Alarm } from '../../../src/core/proof/model-check-alarm.js';
import { checkModel } from '../../../src/core/proof/model-check.js';
import type { Model } from '../../../src/core/proof/model-check-model.js';
import { modelOf, shippedFiles } from './model-check-fixtures.js';
import {
  FAULT_KINDS,
  PLANTED_REGIONS,
  plantFaults,
  type FaultKind,
  type PlantedFault,
} from './planted-faults.js';
import { contradictions } from './planted-faults-contradictions.js';
import { deadRules } from './planted-faults-dead.js';
import { unsatisfiableGates } from './planted-faults-gates.js';
import { removedExits, selfWaitingBarriers } from './planted-faults-ways.js';
import { doubtsOf } from './witness-doubts.js';

/** Printed with every failure, so that it is the same failure tomorrow. */
const SEED = 20190430;
const FAULTS_OF_A_KIND = 40;
const FOUND_PERCENT_MIN = 95;

/** Only ends a test that hangs. */
const TIMEOUT_MS = 120_000;

const plants = {
  'dead rule': deadRules,
  contradiction: contradictions,
  'unsatisfiable gate': unsatisfiableGates,
  'removed exit': removedExits,
  'self-waiting barrier': selfWaitingBarriers,
} as const;

function faultsOf(kind: FaultKind): readonly PlantedFault[] {
  return plantFaults(kind, plants[kind], { seed: SEED, count: FAULTS_OF_A_KIND });
}

function names(alarm: Alarm, { expected }: PlantedFault): boolean {
  const { code, params, regions } = expected;
  const isAbout = Object.entries(params).every(([name, values]) => {
    const said: readonly unknown[] = [alarm.params[name]].flat();
    return [values].flat().every((value) => said.includes(value));
  });
  return alarm.code === code && isAbout && (regions === undefined || regions.join() === alarm.regions.join());
}

function spell({ code, params, regions }: Alarm): string {
  return `${code} ${JSON.stringify(params)} ${regions.join(' ')}`;
}

/** A pointer must lead to something in the file. */
function leadsSomewhere({ file, pointer }: Alarm, { workflow, rulebook, syncPoints }: Model): boolean {
  const rules = [...rulebook.rules.values()];
  const gates = Object.fromEntries(rulebook.gates);
  const root: unknown =
    file === 'workflow' ? workflow.definition : file === 'rulebook' ? { rules, gates } : { syncPoints };
  const steps = pointer.split('/').slice(1);
  return (
    steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], root) !==
    undefined
  );
}

const found = new Map<FaultKind, number>();

describe('the model check', () => {
  it.each(FAULT_KINDS)(
    'finds each %s that was planted, names it and shows it on a path that replays',
    (kind) => {
      const faults = faultsOf(kind);
      const missed: string[] = [];
      for (const fault of faults) {
        const { alarms } = checkModel(fault.model);
        const label = `seed ${SEED}, ${kind}: ${fault.how}`;
        if (!alarms.some((alarm) => names(alarm, fault))) {
          missed.push(
            `${label}: expected ${JSON.stringify(fault.expected)}, got ${alarms.map(spell).join(' | ')}`,
          );
        }
        const doubts = alarms.flatMap((alarm) =>
          doubtsOf(alarm, fault.model).map((doubt) => `${spell(alarm)}: ${doubt}`),
        );
        expect([label, ...doubts]).toEqual([label]);
        expect(alarms.filter((alarm) => !leadsSomewhere(alarm, fault.model)).map(spell)).toEqual([]);
      }
      found.set(kind, faults.length - missed.length);
      expect(faults).toHaveLength(FAULTS_OF_A_KIND);
      expect(missed.slice(Math.floor((FAULTS_OF_A_KIND * (100 - FOUND_PERCENT_MIN)) / 100))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it('finds at least 95 of 100 faults of all kinds together', () => {
    const all = FAULT_KINDS.length * FAULTS_OF_A_KIND;
    const sum = [...found.values()].reduce((total, count) => total + count, 0);
    expect(found.size).toBe(FAULT_KINDS.length);
    expect((100 * sum) / all).toBeGreaterThanOrEqual(FOUND_PERCENT_MIN);
  });
});

describe('without a planted fault', () => {
  it('the same four regions raise no alarm', () => {
    const model = modelOf(shippedFiles(), PLANTED_REGIONS);
    expect(model === null ? null : checkModel(model)).toEqual({ alarms: [], undecided: [] });
  });
});
