import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BarrierRule } from '../../src/core/sync/barrier-rule.js';
import type { SyncPointDefinition } from '../../src/core/sync/sync-point.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { changeSyncMembers } from '../../src/engine/sync/change-sync-members.js';
import { createSyncPoint, type SyncPointOrder } from '../../src/engine/sync/create-sync-point.js';
import { cancelSyncPoint, releaseByHand } from '../../src/engine/sync/end-sync-point.js';
import { arriveAt } from '../../src/engine/sync/arrive-at.js';
import { cancelScope } from '../../src/engine/sync/cancel-scope.js';
import { joinScope } from '../../src/engine/sync/join-scope.js';
import { leaveScope } from '../../src/engine/sync/leave-scope.js';
import { placeSyncPoints } from '../../src/engine/sync/place-sync-points.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { setScopeDeadline } from '../../src/engine/sync/set-scope-deadline.js';
import { listIncidents } from '../../src/store/incident-store.js';
import type { Tx } from '../../src/store/tx.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';

const LABELS = { de: 'Punkt', fr: 'Point', it: 'Punto', sl: 'Točka', en: 'Point' };

describe('the life of a sync point', () => {
  let engine: TestEngine;
  let scheme: string;
  let serial = 0;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    scheme = engine.scheme.id;
  });
  afterAll(() => engine.close());

  const order = (
    rule: BarrierRule,
    members: SyncPointOrder['members'],
    more: Partial<Omit<SyncPointDefinition, 'members' | 'milestone' | 'source'>> & {
      readonly scope?: SyncPointOrder['scope'];
    } = {},
  ): SyncPointOrder => {
    const { scope = { kind: 'scheme' as const }, ...point } = more;
    serial += 1;
    return {
      scheme,
      scope,
      awaits: { milestone: 'stress-test-closed' },
      members,
      point: {
        id: `T-${serial}`,
        labels: LABELS,
        rule,
        deadline: { on: null, policy: 'hold' },
        lateJoiner: 'add',
        leaver: 'shrink',
        releases: [
          { effect: 'notify', template: 'sync-point.released', audience: ['coordinator', 'authority'] },
        ],
        ...point,
      },
    };
  };
  const place = async (wish: SyncPointOrder) =>
    (await createSyncPoint(engine.deps, { ...by(engine.coordinator), order: wish })).id;
  const read = (id: string) => readSyncPoint(engine.deps, { id, scheme });
  const act = <T>(work: (tx: Tx) => Promise<T>) => engine.deps.database.transact(work);
  const now = () => engine.clock.now();
  const close = (nuts: string) =>
    recordFacts(engine.deps, {
      ...by(engine.authority(nuts)),
      cycleId: engine.cycle(nuts),
      facts: [fact('stresstest.closed_on', '2017-06-30')],
    });
  const incidentsOf = (id: string) =>
    engine.deps.database.read(async (tx) =>
      (await listIncidents(tx, 200)).filter(
        ({ kind, subject }) => kind === 'sync-point.unreachable' && subject === `${scheme}/${id}`,
      ),
    );
  const hand = (id: string, reason = 'the call cannot wait') => ({
    ...by(engine.coordinator),
    id,
    scheme,
    reason,
  });

  it('counts whoever has reached the milestone already, and waits for groups of those that are left', async () => {
    await close('DE1');
    await close('DE2');
    await carryOutEffects(engine);
    const countries: BarrierRule = { kind: 'groups', by: 'country', perGroup: 1, groups: 'every' };
    const id = await place(order(countries, { countries: ['DE', 'AT'] }));
    const before = await read(id);
    expect(before.members.map(({ region, state }) => `${region} ${state}`)).toEqual([
      'AT31 waiting',
      'AT32 waiting',
      'DE1 arrived',
      'DE2 arrived',
    ]);
    expect(before.state).toMatchObject({ holds: false, reachable: true, needed: 2 });
    await close('AT31');
    await carryOutEffects(engine);
    const { point, told } = await read(id);
    expect(point.releasedWith).toEqual({ arrived: ['AT31', 'DE1', 'DE2'], missing: ['AT32'], by: 'rule' });
    expect(told).toEqual({ told: 4, of: 4 });
  });

  it('tells every member once, and writes the release into the history of its cycle', async () => {
    const id = await place(order({ kind: 'k-of-n', k: 1 }, ['DE1', 'SI0']));
    await carryOutEffects(engine);
    const history = await readHistory(engine.deps, {
      actor: engine.authority('SI0'),
      cycleId: engine.cycle('SI0'),
      after: 0,
      limit: 200,
    });
    const entries = history.filter(({ kind, details }) => kind === 'sync' && details['syncPoint'] === id);
    expect(entries.map(({ details }) => details['change'])).toEqual(['sync-point-released']);
  });

  it('says of each missing member which fact it waits for, who fills it, and since when', async () => {
    const id = await place(order({ kind: 'all' }, ['DE1', 'FRC2']));
    const { reasons } = await read(id);
    expect([...reasons.keys()]).toEqual(['FRC2']);
    expect(reasons.get('FRC2')).toMatchObject({
      kind: 'fact',
      gate: null,
      facts: [{ fact: 'stresstest.closed_on', reason: 'missing' }],
    });
    const stage = await place({
      ...order({ kind: 'all' }, ['FRC2']),
      awaits: { stage: 'strategy_development' },
    });
    const why = (await read(stage)).reasons.get('FRC2');
    expect(why).toMatchObject({ kind: 'gate', gate: { to: 'strategy_development', verdict: 'unknown' } });
    expect(why?.facts.length).toBeGreaterThan(0);
    // The cycle of another region is nobody else's business.
    const asked = await readSyncPoint(engine.deps, { id, scheme, actor: engine.authority('DE1') });
    expect([...asked.reasons.keys()]).toEqual([]);
  });

  it('asks a predicate of the facts of its members, again whenever they change', async () => {
    const condition = { all: [{ fact: 'stresstest.block.1', operator: 'greaterThan', value: 50 }] };
    const id = await place(order({ kind: 'predicate', condition, needed: 'all' }, ['DE1', 'DE2']));
    expect((await read(id)).reasons.get('DE1')).toMatchObject({
      kind: 'predicate',
      facts: [{ fact: 'stresstest.block.1' }],
    });
    const block = async (nuts: string, value: number) => {
      await recordFacts(engine.deps, {
        ...by(engine.coordinator),
        cycleId: engine.cycle(nuts),
        facts: [fact('stresstest.block.1', value)],
      });
      await carryOutEffects(engine);
    };
    await block('DE1', 60);
    await block('DE2', 40);
    expect((await read(id)).point.releasedAt ?? null).toBeNull();
    await block('DE2', 51);
    expect((await read(id)).point.releasedWith).toMatchObject({ by: 'rule', arrived: ['DE1', 'DE2'] });
  });

  it('is released by hand with the gaps marked, and then neither again nor cancelled', async () => {
    const id = await place(order({ kind: 'all' }, ['DE1', 'ITC4']));
    await expect(
      releaseByHand(engine.deps, { ...hand(id), actor: engine.administrator }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    await releaseByHand(engine.deps, hand(id));
    expect((await read(id)).point.releasedWith).toEqual({
      arrived: ['DE1'],
      missing: ['ITC4'],
      by: 'hand',
      actor: 'coordinator',
      reason: 'the call cannot wait',
    });
    for (const end of [releaseByHand, cancelSyncPoint]) {
      await expect(end(engine.deps, hand(id))).rejects.toMatchObject({ code: 'sync-point.ended' });
    }
  });

  it('is not released any more once it was cancelled, whoever arrives', async () => {
    const id = await place(order({ kind: 'all' }, ['ITC1']));
    await cancelSyncPoint(engine.deps, hand(id, 'nobody needs it'));
    await close('ITC1');
    await carryOutEffects(engine);
    const { point, members } = await read(id);
    expect([point.releasedAt ?? null, point.cancelReason]).toEqual([null, 'nobody needs it']);
    expect(members.map(({ state }) => state)).toEqual(['waiting']);
  });

  it.each([
    ['hold', 'open', ['SI0 waiting'], null],
    ['release', 'released', ['SI0 waiting'], 'deadline'],
    ['escalate', 'open', ['SI0 waiting'], null],
    ['drop-late', 'released', ['SI0 left'], 'rule'],
  ] as const)('applies %s when its last day is over, once', async (policy, status, late, releasedBy) => {
    const deadline = { on: null, after: { calendarDays: 2 }, policy };
    const id = await place(order({ kind: 'all' }, ['DE1', 'SI0'], { deadline }));
    engine.clock.advanceDays(2);
    await carryOutEffects(engine);
    expect((await read(id)).point.deadlinePassedAt ?? null).toBeNull();
    engine.clock.advanceDays(1);
    await carryOutEffects(engine);
    const { point, members } = await read(id);
    expect(point.deadlinePassedAt).toBe(await now());
    expect((point.releasedAt ?? null) === null ? 'open' : 'released').toBe(status);
    expect(point.releasedWith?.by ?? null).toBe(releasedBy);
    expect(
      members.filter(({ region }) => region === 'SI0').map(({ region, state }) => `${region} ${state}`),
    ).toEqual(late);
    const told = await readInbox(engine.deps, {
      actor: engine.coordinator,
      unread: false,
      after: null,
      limit: 200,
    });
    const latest = told.filter(({ template }) => template === 'sync-point.deadline-passed');
    expect(latest.length).toBe(policy === 'escalate' ? 1 : policy === 'drop-late' ? 1 : 0);
  });

  it('takes whoever comes late, or refuses; whoever leaves is not waited for any more', async () => {
    const open = await place(order({ kind: 'all' }, ['DE1', 'SI0']));
    const shut = await place(order({ kind: 'all' }, ['DE1', 'SI0'], { lateJoiner: 'refuse' }));
    const change = (id: string, add: string[], remove: string[]) =>
      changeSyncMembers(engine.deps, { ...hand(id), add, remove });
    await expect(change(shut, ['FRC2'], [])).rejects.toMatchObject({ code: 'sync-point.late-joiner' });
    await change(open, ['FRC2', 'DE2'], ['SI0']);
    const { members, state } = await read(open);
    expect(members.map(({ region, state: its }) => `${region} ${its}`)).toEqual([
      'DE1 arrived',
      'DE2 arrived',
      'FRC2 waiting',
      'SI0 left',
    ]);
    expect(state).toMatchObject({ needed: 3, holds: false });
    await change(open, [], ['FRC2']);
    expect((await read(open)).point.releasedWith).toMatchObject({ by: 'rule', arrived: ['DE1', 'DE2'] });
  });

  it('is an incident at once when too few are left, and none any more when somebody comes in', async () => {
    const mass: BarrierRule = {
      kind: 'critical-mass',
      regionsMin: 2,
      countriesMin: 2,
      regionsMoreIfAllAdvanced: 0,
    };
    const id = await place(order(mass, ['CH022', 'SI0']));
    expect(await incidentsOf(id)).toEqual([]);
    await changeSyncMembers(engine.deps, { ...hand(id), add: [], remove: ['CH022'] });
    expect(await incidentsOf(id)).toHaveLength(1);
    expect((await read(id)).point.unreachableAt).toBe(await now());
    await changeSyncMembers(engine.deps, { ...hand(id), add: ['FRC2'], remove: [] });
    expect(await incidentsOf(id)).toEqual([]);
    expect((await read(id)).state.reachable).toBe(true);
  });

  it('of an activity or a call is placed by its template, and only its regions wait there', async () => {
    const members = ['DE1', 'AT32', 'CH022'];
    const placed = await act(async (tx) =>
      placeSyncPoints(engine.deps, tx, { scheme, scope: 'call', key: 'ENERGY', members, now: await now() }),
    );
    expect(placed).toEqual(['S3-ENERGY', 'S4-ENERGY', 'S5-ENERGY', 'S6-ENERGY']);
    const scope = { kind: 'call', key: 'ENERGY' } as const;
    const move = async (region: string) => ({ scheme, scope, region, now: await now() });
    const ready = async (region: string) => {
      const moving = { ...(await move(region)), milestone: 'package-ready' };
      await act((tx) => arriveAt(engine.deps, tx, moving));
      await carryOutEffects(engine);
    };
    await ready('DE1');
    await ready('FRC2');
    const joining = await move('ITH3');
    await act((tx) => joinScope(engine.deps, tx, joining));
    expect((await read('S3-ENERGY')).members.map(({ region, state }) => `${region} ${state}`)).toEqual([
      'AT32 waiting',
      'CH022 waiting',
      'DE1 arrived',
      'ITH3 waiting',
    ]);
    await ready('AT32');
    await ready('CH022');
    const leaving = await move('ITH3');
    await act((tx) => leaveScope(engine.deps, tx, leaving));
    // Three of three, of three countries; the class of CH022 is not known, so all may be advanced: one too few.
    expect((await read('S3-ENERGY')).state).toMatchObject({ holds: false, reachable: false });
    const again = await move('SI0');
    await act((tx) => joinScope(engine.deps, tx, again));
    await ready('SI0');
    expect((await read('S3-ENERGY')).point.releasedWith).toMatchObject({ by: 'rule', missing: [] });
    const at = await now();
    await act((tx) =>
      cancelScope(engine.deps, tx, { scheme, scope, actor: engine.coordinator, reason: 'no money', now: at }),
    );
    const others = await Promise.all(['S3-ENERGY', 'S5-ENERGY', 'S6-ENERGY'].map(read));
    expect(others.map(({ point }) => point.cancelReason ?? null)).toEqual([null, 'no money', 'no money']);
  });

  it('of a call gets its last day with the calendar of the call, and drops who is late by then', async () => {
    const members = ['DE1', 'AT32', 'FRC2', 'SI0'];
    const scope = { kind: 'call', key: 'HEALTH' } as const;
    const at = await now();
    await act(async (tx) => {
      await placeSyncPoints(engine.deps, tx, { scheme, scope: 'call', key: 'HEALTH', members, now: at });
      const on = (await read('S0')).point.deadlineOn ?? null;
      expect(on).not.toBeNull();
      await setScopeDeadline(engine.deps, tx, { scheme, scope, template: 'S3', on, now: at });
      for (const region of members.slice(0, 3)) {
        await arriveAt(engine.deps, tx, { scheme, scope, region, milestone: 'package-ready', now: at });
      }
    });
    await carryOutEffects(engine);
    expect((await read('S3-HEALTH')).point.releasedAt ?? null).toBeNull();
    engine.clock.set(instant('2017-11-01T08:00:00Z'));
    await carryOutEffects(engine);
    const { point, members: after } = await read('S3-HEALTH');
    expect(point.releasedWith).toMatchObject({ by: 'rule', arrived: ['AT32', 'DE1', 'FRC2'], missing: [] });
    expect(after.find(({ region }) => region === 'SI0')).toMatchObject({ state: 'left', why: 'dropped' });
  });

  it('is judged without a region that has withdrawn from the scheme, wherever it was a member', async () => {
    const id = await place(order({ kind: 'all' }, ['DE1', 'ITH2'], { leaver: 'hold' }));
    await withdrawCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('ITH2'),
      note: 'leaves the scheme',
      decidedOn: null,
    });
    await carryOutEffects(engine);
    const { members, state } = await read(id);
    expect(members.find(({ region }) => region === 'ITH2')).toMatchObject({
      state: 'left',
      why: 'withdrawn',
    });
    expect(state).toMatchObject({ holds: false, reachable: false });
    expect(await incidentsOf(id)).toHaveLength(1);
  });
});
