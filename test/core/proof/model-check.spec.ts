import { describe, expect, it } from '@jest/globals';
import type { Alarm } from '../../../src/core/proof/model-check-alarm.js';
import { checkModel, type ModelCheck } from '../../../src/core/proof/model-check.js';
import type { ModelSyncPoint } from '../../../src/core/proof/model-check-model.js';
import { replayWitness } from '../../../src/core/proof/model-check-replay.js';
import { ModelSolver } from '../../../src/core/proof/model-check-solver.js';
import { walkRegion } from '../../../src/core/proof/model-check-walk.js';
import { Dice } from '../gates/small-world.js';
import { harmlessEdit } from './harmless-edits.js';
import {
  modelOf,
  shippedFiles,
  type ConditionFile,
  type ModelFiles,
  type RuleFile,
} from './model-check-fixtures.js';
import { addRule, fn, leaf, NEW_RULE } from './planted-faults.js';
import { doubtsOf } from './witness-doubts.js';

/** Printed with every failure, so that it is the same failure tomorrow. */
const SEED = 20161101;

/** Only ends a test that hangs. */
const TIMEOUT_MS = 120_000;

const CLEAN: ModelCheck = { alarms: [], undecided: [] };

/** The model of the shipped files, edited. */
function edited(edit: (files: ModelFiles) => void, nuts: readonly string[] = ['DE1', 'CH022', 'SI0']) {
  const files = shippedFiles();
  edit(files);
  const model = modelOf(files, nuts);
  if (model === null) throw new Error('refused at the door');
  return { model, check: checkModel(model) };
}

const dice = new Dice(SEED);

function withRule(gate: string, conditions: ConditionFile, more: Partial<RuleFile> & { id?: string } = {}) {
  return edited((files) => addRule({ dice, files, gate }, conditions, more));
}

/** An alarm as one line; its witness must replay. */
function told({ model, check }: ReturnType<typeof edited>): readonly string[] {
  expect(check.alarms.flatMap((alarm) => doubtsOf(alarm, model))).toEqual([]);
  return check.alarms.map(spell);
}

function spell({ severity, code, file, pointer, regions }: Alarm): string {
  return `${severity} ${code} ${file}${pointer} ${regions.join(' ')}`;
}

describe('the shipped files', () => {
  const model = modelOf(shippedFiles());

  it('raise no alarm for the eleven regions, and nothing is left undecided', () => {
    expect(model?.regions).toHaveLength(11);
    expect(model === null ? null : checkModel(model)).toEqual(CLEAN);
  });

  it('let Fribourg come to the end once an administrator gives it a class', () => {
    const region = model?.regions.find(({ nuts }) => nuts === 'CH022');
    if (model === null || region === undefined) throw new Error('there is no Fribourg');
    const { arrivals } = walkRegion(model, new ModelSolver(model), { region, missing: new Set() });
    const steps = arrivals.get('closed')?.steps ?? [];
    expect(region.class).toBeNull();
    expect(steps.map(({ event }) => event.to)).toEqual([
      'agenda_setting',
      'strategy_development',
      'implementation',
      'review',
      'closed',
    ]);
    expect(steps.flatMap(({ facts }) => facts.map(({ fact }) => fact))).toContain('region.class');
    const witness = {
      region: 'CH022',
      startsOn: model.startsOn,
      steps,
      endsIn: 'closed',
      questions: [],
      missesMilestone: null,
    };
    expect(replayWitness(model, witness).endsIn).toBe('closed');
  });

  it.each([0, 1, 2, 3, 4])(
    'raise no alarm after ten harmless edits, round %i',
    (round) => {
      const dice = new Dice(SEED + round);
      for (let edits = 0; edits < 10;) {
        const { how, files } = harmlessEdit(dice);
        const model = modelOf(files);
        if (model === null) continue;
        edits += 1;
        const { alarms, undecided } = checkModel(model);
        const label = `seed ${SEED + round}: ${how}`;
        expect([label, ...alarms.map(spell), ...undecided]).toEqual([label]);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a gate', () => {
  it('that opens whatever is recorded guards nothing', () => {
    const always = edited(({ rulebook }) => {
      const rule = rulebook.rules.find(({ id }) => id === 'R28');
      if (rule !== undefined) rule.severity = 'warn';
    });
    expect(told(always)).toEqual(['error gate.always-open rulebook/gates/review.close DE1 CH022 SI0']);
  });

  it('that opens whatever is recorded in some regions only is a warning', () => {
    const always = edited(({ rulebook }) => {
      const rule = rulebook.rules.find(({ id }) => id === 'R28');
      if (rule !== undefined)
        rule.severity = { by: 'region.country', values: { DE: 'warn' }, otherwise: 'block' };
    });
    expect(told(always)).toEqual(['warning gate.always-open rulebook/gates/review.close DE1']);
  });

  it('that only asks whether something is recorded is no open door', () => {
    const asked = edited(({ rulebook }) => {
      const rule = rulebook.rules.find(({ id }) => id === 'R28');
      if (rule === undefined) return;
      Object.assign(rule, {
        parameters: {},
        conditions: { all: [leaf('approval.reference', 'isKnown', true)] },
      });
    });
    expect(asked.check).toEqual(CLEAN);
  });

  it('that the rulebook does not have stops everybody, and so does what lies behind it', () => {
    const missing = edited(({ workflow }) => {
      for (const way of workflow.states.implementation?.events?.advance ?? []) way.gate = 'no_such.gate';
    });
    expect(told(missing)).toEqual([
      'error gate.missing workflow/states/implementation/events/advance/0 DE1 CH022 SI0',
      'error state.unreachable workflow/states/review DE1 CH022 SI0',
      'error state.unreachable workflow/states/closed DE1 CH022 SI0',
      'error state.only-withdrawal workflow/states/agenda_setting DE1 CH022 SI0',
      'error sync-point.members-cannot-arrive scheme/syncPoints/2 DE1 CH022 SI0',
    ]);
  });

  it('that can only open before a region can stand there is closed on arrival', () => {
    const late = edited((files) => {
      const at = 'evidence.report_published_on';
      const from = { from: at, to: 'today' };
      const isToday = [
        fn('days-between', from, 'lessThanInclusive', 0),
        fn('days-between', from, 'greaterThanInclusive', 0),
      ];
      addRule(
        { dice, files, gate: 'agenda_setting.exit' },
        {
          all: [...isToday, leaf(at, 'greaterThanInclusive', '2018-03-01')],
        },
      );
      addRule(
        { dice, files, gate: 'strategy_development.exit' },
        { all: [...isToday, leaf(at, 'lessThan', '2018-03-01')] },
        { id: 'R91' },
      );
    });
    const [first] = told(late);
    expect(first).toBe(
      'error gate.closed-on-arrival workflow/states/strategy_development/events/advance/0 DE1 CH022 SI0',
    );
    expect(late.check.alarms[0]?.witness.steps.map(({ on }) => on)).toEqual(['2016-11-01', '2018-03-01']);
  });

  it('that asks for time in the stage opens when that has passed', () => {
    const patient = withRule('agenda_setting.exit', {
      all: [leaf('stage.working_days', 'greaterThanInclusive', 60)],
    });
    expect(patient.check).toEqual(CLEAN);
    const { model } = patient;
    const [region] = model.regions;
    if (region === undefined) throw new Error('there is no region');
    const { arrivals } = walkRegion(model, new ModelSolver(model), { region, missing: new Set() });
    const steps = arrivals.get('strategy_development')?.steps ?? [];
    // Sixty working days in Baden-Württemberg from 1 November 2016, with Christmas, New Year and Epiphany between.
    expect(steps.map(({ on }) => on)).toEqual(['2016-11-01', '2017-01-26']);
    const witness = {
      region: 'DE1',
      startsOn: model.startsOn,
      steps,
      endsIn: 'strategy_development',
      questions: [],
      missesMilestone: null,
    };
    expect(replayWitness(model, witness).endsIn).toBe('strategy_development');
  });
});

describe('a rule', () => {
  it('that never holds where the gate opens is a warning', () => {
    const between = { from: 'consultation.opened_on', to: 'approval.regional_decision_on' };
    const hasty = { all: [fn('days-between', between, 'lessThanInclusive', 30)] };
    const never = withRule('strategy_development.exit', hasty, { severity: 'warn' });
    expect(told(never)).toEqual([
      expect.stringMatching(/^warning rule.never-holds rulebook\/rules\/\d+ DE1 CH022 SI0$/),
    ]);
    expect(never.check.alarms[0]?.params).toMatchObject({ rule: NEW_RULE, by: ['R15', 'R16'] });
  });

  it('that nobody can decide shuts its gate, or says nothing if it only warns', () => {
    const undecidable = (severity: string) =>
      edited((files) => {
        const [first] = files.facts.facts;
        if (first !== undefined)
          files.facts.facts.push({
            ...first,
            name: 'derived.thing',
            type: { kind: 'boolean' },
            owner: 'engine',
          });
        addRule(
          { dice, files, gate: 'review.close' },
          { all: [leaf('derived.thing', 'equal', true)] },
          { severity },
        );
      });
    expect(told(undecidable('warn'))).toEqual([
      expect.stringMatching(/^warning rule.undecidable rulebook\/rules\/\d+ DE1/),
    ]);
    const blocking = undecidable('block');
    expect(told(blocking).slice(0, 2)).toEqual([
      'error gate.unsatisfiable rulebook/gates/review.close DE1 CH022 SI0',
      expect.stringMatching(/^error rule.undecidable rulebook\/rules\/\d+ DE1 CH022 SI0$/),
    ]);
    expect(blocking.check.alarms[1]?.params).toEqual({
      gate: 'review.close',
      rule: NEW_RULE,
      facts: ['derived.thing'],
    });
  });

  it('that is idle in some regions only is so on purpose', () => {
    const conditions = {
      any: [leaf('region.class', 'equal', 'advanced'), leaf('adw.held', 'greaterThanInclusive', 3)],
    };
    expect(withRule('agenda_setting.exit', conditions).check).toEqual(CLEAN);
  });

  it('is dead with the smallest group of others that imply it', () => {
    const conditions = {
      all: [
        fn(
          'days-between',
          { from: 'consultation.opened_on', to: 'approval.regional_decision_on' },
          'greaterThan',
          20,
        ),
      ],
    };
    const [alarm] = withRule('strategy_development.exit', conditions).check.alarms;
    expect(alarm).toMatchObject({ code: 'rule.dead', params: { rule: NEW_RULE, by: ['R15', 'R16'] } });
  });

  it('that can only be evaluated, not reasoned about, is taken to be in order', () => {
    const share = {
      of: 'edw.participants.business',
      in: ['edw.participants.business', 'edw.participants.civil'],
    };
    const conditions = {
      all: [
        fn('share', share, 'greaterThan', { fact: 'targets.reached_share' }),
        leaf('targets.reached_share', 'greaterThan', 90),
        leaf('edw.participants.civil', 'greaterThan', 10),
      ],
    };
    const { alarms, undecided } = withRule('review.close', conditions).check;
    expect(alarms).toEqual([]);
    expect(undecided).toEqual([
      {
        code: 'gate.unsatisfiable',
        file: 'rulebook',
        pointer: '/gates/review.close',
        regions: ['DE1', 'CH022', 'SI0'],
        params: { gate: 'review.close', rules: [] },
        because: ['opaque-comparison'],
      },
    ]);
  });

  it('shuts its gate only for the regions that it concerns', () => {
    const conditions = { all: [leaf('region.class', 'equal', 'advanced')] };
    expect(
      told(withRule('review.close', conditions)).map((line) => line.split(' ').slice(1).join(' ')),
    ).toEqual([
      'gate.unsatisfiable rulebook/gates/review.close SI0',
      expect.stringMatching(/^rule.unsatisfiable rulebook\/rules\/\d+ SI0$/),
      'state.unreachable workflow/states/closed SI0',
      'state.only-withdrawal workflow/states/agenda_setting SI0',
    ]);
  });
});

describe('a sync point', () => {
  const point = (more: Partial<ModelSyncPoint> & { id: string }): ModelSyncPoint => ({
    milestone: 'strategy-development-entered',
    members: ['DE1', 'CH022', 'SI0'],
    rule: { kind: 'all' },
    deadline: { on: null, policy: 'hold' },
    leaver: 'shrink',
    releases: [],
    ...more,
  });
  const enables = (fact: string) => [{ effect: 'enable', fact }] as const;
  const asks = (...points: readonly ModelSyncPoint[]) =>
    edited(({ syncPoints }) => syncPoints.push(...points));

  it('that waits for itself is told with the states that are out of reach because of it', () => {
    const waiting = asks(point({ id: 'X', releases: enables('synergy.diamonds') }));
    const lines = told(waiting);
    expect(lines.at(-1)).toBe('error sync-point.waits-for-itself scheme/syncPoints/4 DE1 CH022 SI0');
    expect(lines).toContain('error state.unreachable workflow/states/strategy_development DE1 CH022 SI0');
    expect(waiting.check.alarms.at(-1)?.params).toEqual({ syncPoint: 'X', waitsFor: ['X'] });
  });

  it('that its deadline will release is a warning', () => {
    const deadline = { on: '2017-10-31', policy: 'release' } as const;
    const lines = told(asks(point({ id: 'X', releases: enables('synergy.diamonds'), deadline })));
    expect(lines).toContain('warning sync-point.waits-for-itself scheme/syncPoints/4 DE1 CH022 SI0');
  });

  it('that waits for one that waits for itself is never released', () => {
    const other = point({ id: 'Y', milestone: 'review-entered' });
    const { check } = asks(point({ id: 'X', releases: enables('synergy.diamonds') }), other);
    expect(check.alarms.find(({ params }) => params.syncPoint === 'Y')).toMatchObject({
      code: 'sync-point.never-released',
      params: { waitsFor: ['X'] },
    });
  });

  it('that enables what only later members need is in order', () => {
    const rule = { kind: 'k-of-n', k: 2 } as const;
    const early = point({
      id: 'X',
      milestone: 'agenda-setting-entered',
      rule,
      releases: enables('synergy.diamonds'),
    });
    expect(asks(early).check).toEqual(CLEAN);
  });

  it('is short of members where a gate lets too few through', () => {
    const { check } = edited((files) => {
      addRule({ dice, files, gate: 'agenda_setting.exit' }, { all: [leaf('region.country', 'equal', 'DE')] });
      files.syncPoints.push(
        point({ id: 'X', rule: { kind: 'k-of-n', k: 2 } }),
        point({ id: 'Y', rule: { kind: 'k-of-n', k: 1 } }),
      );
    });
    const alarms = check.alarms.filter(({ file }) => file === 'scheme');
    expect(alarms.map(({ params }) => params)).toContainEqual({
      syncPoint: 'X',
      missing: ['CH022', 'SI0'],
      arriving: 1,
      needed: 2,
    });
    expect(alarms.some(({ params }) => params.syncPoint === 'Y')).toBe(false);
  });
});
