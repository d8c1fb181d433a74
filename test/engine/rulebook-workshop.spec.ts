import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../src/catalog/catalog.js';
import type { RulebookDefinition } from '../../src/core/gates/rulebook-schema.js';
import type { Alarm } from '../../src/core/rulebooks/reports.js';
import type { Actor } from '../../src/core/terms/actor.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { approveDraft } from '../../src/engine/rules/approve-draft.js';
import { checkDraft } from '../../src/engine/rules/check-draft.js';
import { draftRulebook } from '../../src/engine/rules/draft-rulebook.js';
import { editDraft } from '../../src/engine/rules/edit-draft.js';
import { mergeDrafts } from '../../src/engine/rules/merge-drafts.js';
import { publishDraft } from '../../src/engine/rules/publish-draft.js';
import { readDraft } from '../../src/engine/rules/read-drafts.js';
import { readPinnedRulebook, readRulebooks } from '../../src/engine/rules/read-rulebooks.js';
import { seedRulebooks } from '../../src/engine/rules/seed-rulebooks.js';
import { signDraft } from '../../src/engine/rules/sign-draft.js';
import { testDraft } from '../../src/engine/rules/test-draft.js';
import type { Workshop } from '../../src/engine/workshop.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';

const ALARM: Alarm = { code: 'gate.always-true', message: 'The gate is always open.', witness: ['advance'] };

describe('the measures of the workshop', () => {
  let engine: TestEngine;
  let second: Actor;
  const noCases = { calendar: null, neighbourCalendars: [] };

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    second = { ...engine.administrator, id: 'administrator2' };
  });
  afterAll(() => engine.close());

  const depsWith = (workshop: Partial<Workshop>): EngineDeps => ({
    ...engine.deps,
    workshop: { coverageMin: 0.9, ...workshop },
  });
  const first = () => by(engine.administrator);
  const newDraft = async (): Promise<string> =>
    (await draftRulebook(engine.deps, { ...first(), id: null, from: 1, reason: 'to measure' })).id;
  const publish = (deps: EngineDeps, draftId: string) =>
    publishDraft(deps, { ...first(), draftId, effectiveFrom: '2017-08-01' as CalendarDate });

  it('keep a draft from being tested while its cases cover too little, and say what is missing', async () => {
    const draftId = await newDraft();
    const little = depsWith({ coverage: () => ({ ratio: 0.8, missing: [{ rule: 'R04', leaf: 2 }] }) });
    const ran = await testDraft(little, { ...first(), draftId, ...noCases });
    expect(ran).toMatchObject({
      state: 'draft',
      report: {
        failing: 0,
        coverage: { ratio: 0.8, min: 0.9, notMeasured: false, missing: [{ rule: 'R04' }] },
      },
    });
    const enough = depsWith({ coverageMin: 0.8, coverage: () => ({ ratio: 0.8, missing: [] }) });
    expect((await testDraft(enough, { ...first(), draftId, ...noCases })).state).toBe('tested');
    // The floor is asked again: it may have been raised since.
    await checkDraft(enough, { ...first(), draftId });
    await expect(approveDraft(depsWith({}), { ...by(second), draftId })).rejects.toMatchObject({
      code: 'draft.refused',
      details: { reasons: ['coverage.below-minimum'] },
    });
  });

  it('keep a draft with an alarm from being published until a second administrator signs', async () => {
    const draftId = await newDraft();
    const seen: string[] = [];
    const alarming = depsWith({
      modelCheck: (rulebook, workflows) => {
        seen.push(
          `${rulebook.id}/${rulebook.version}`,
          ...workflows.map(({ id, version }) => `${id}/${version}`),
        );
        return [ALARM];
      },
    });
    await testDraft(alarming, { ...first(), draftId, ...noCases });
    await expect(approveDraft(alarming, { ...by(second), draftId })).rejects.toMatchObject({
      details: { reasons: ['check.not-run'] },
    });
    const checked = await checkDraft(alarming, { ...first(), draftId });
    // The version of the cycles that live, and the newest.
    const workflows = [{ version: 1 }, { version: 2 }];
    expect(checked.check).toMatchObject({ alarms: [ALARM], notChecked: false, workflows });
    expect(seen).toEqual(['region-cycle/2', 'region-cycle/1', 'region-cycle/2']);
    await expect(approveDraft(alarming, { ...by(second), draftId })).rejects.toMatchObject({
      details: { reasons: ['check.alarm-unsigned'] },
    });
    await expect(signDraft(alarming, { ...first(), draftId, reason: 'fine' })).rejects.toMatchObject({
      code: 'draft.same-person',
    });
    await signDraft(alarming, { ...by(second), draftId, reason: 'The gate is open on purpose' });
    await approveDraft(alarming, { ...by(second), draftId });
    // A new look at the alarms ends the signature, and the approval does not help then.
    await checkDraft(alarming, { ...first(), draftId });
    await expect(publish(alarming, draftId)).rejects.toMatchObject({
      details: { reasons: ['check.alarm-unsigned'] },
    });
    const signed = await signDraft(alarming, { ...by(second), draftId, reason: 'Still on purpose' });
    expect(signed).toMatchObject({ state: 'approved', signed: { by: 'administrator2' } });
    expect((await publish(alarming, draftId)).publishedVersion).toBe(2);
  });

  it('take two conditions that are proved to mean the same for no clash, and show the facts of one that is', async () => {
    const rewrite = async (ids: readonly string[]): Promise<void> => {
      for (const [index, draftId] of ids.entries()) {
        const { definition } = await readDraft(engine.deps, {
          actor: engine.auditor,
          draftId,
          language: 'en',
        });
        const rules = definition.rules.map((rule) =>
          rule.id === 'R01' ? { ...rule, conditions: reordered(rule.conditions, index + 1) } : rule,
        );
        await editDraft(engine.deps, { ...first(), draftId, edit: { definition: { ...definition, rules } } });
      }
    };
    const [mine = '', theirs = ''] = [await newDraft(), await newDraft()];
    await rewrite([mine, theirs]);
    const merge = (deps: EngineDeps) =>
      mergeDrafts(deps, { ...first(), draftId: mine, with: theirs, settle: [] });
    const regions = [{ when: 'gov.body_named = false' }];
    await expect(
      merge(depsWith({ ruleDifference: () => ({ equal: false, regions }) })),
    ).rejects.toMatchObject({
      code: 'draft.clash',
      details: { clashes: [{ pointer: '/rules/0/conditions', of: { kind: 'rule', id: 'R01' }, regions }] },
    });
    const merged = await merge(depsWith({ ruleDifference: () => ({ equal: true, regions: [] }) }));
    expect(merged.state).toBe('draft');
  });

  it('number versions without a gap when two are published at once', async () => {
    const ids = [await newDraft(), await newDraft()];
    for (const draftId of ids) {
      await testDraft(engine.deps, { ...first(), draftId, ...noCases });
      await checkDraft(engine.deps, { ...first(), draftId });
      await approveDraft(engine.deps, { ...by(second), draftId });
    }
    const published = await Promise.all(ids.map((draftId) => publish(engine.deps, draftId)));
    expect(published.map(({ publishedVersion }) => publishedVersion).toSorted()).toEqual([3, 4]);
  });
});

describe('published versions in the database', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
  });
  afterAll(() => engine.close());

  it('are entered from the files once', async () => {
    expect(await seedRulebooks(engine.deps)).toEqual([]);
    const [version] = await readRulebooks(engine.deps);
    const [file] = engine.deps.catalog.rulebooks;
    expect(version?.view).toMatchObject({ version: 1, hash: file?.hash, publishedBy: 'system' });
  });

  it('are read from there when the file is gone, in the order in which they were written', async () => {
    const { workflows, rulebooks, factCatalogues, calendars } = engine.deps.catalog;
    const [file] = rulebooks;
    if (file === undefined) throw new Error('no rulebook is shipped');
    const without = makeCatalog({ workflows, rulebooks: [], factCatalogues, calendars });
    const stored = await readPinnedRulebook({ ...engine.deps, catalog: without }, file);
    expect(stored.hash).toBe(file.hash);
    expect([...stored.gates.keys()]).toEqual([...file.gates.keys()]);
    expect(JSON.stringify(stored.definition)).toBe(JSON.stringify(file.definition));
    await expect(
      readPinnedRulebook({ ...engine.deps, catalog: without }, { ...file, hash: 'f' }),
    ).rejects.toMatchObject({ code: 'definition.hash-mismatch' });
    await expect(readPinnedRulebook(engine.deps, { id: file.id, version: 8 })).rejects.toMatchObject({
      code: 'definition.not-found',
    });
  });

  it('keep a process from starting whose file says something else under the same version', async () => {
    const { workflows, rulebooks, factCatalogues, calendars } = engine.deps.catalog;
    const changed = rulebooks.map((rulebook) => ({ ...rulebook, hash: '0'.repeat(64) }));
    const catalog = makeCatalog({ workflows, rulebooks: changed, factCatalogues, calendars });
    await expect(seedRulebooks({ ...engine.deps, catalog })).rejects.toMatchObject({
      code: 'definition.hash-mismatch',
    });
  });
});

/** The same leaves in another order. */
function reordered(conditions: unknown, by: number): RulebookDefinition['rules'][number]['conditions'] {
  const { all } = conditions as { all: readonly unknown[] };
  return { all: [...all.slice(by), ...all.slice(0, by)] };
}
