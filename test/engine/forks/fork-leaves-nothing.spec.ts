import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeInlineSender } from '../../../src/app/inline-sender.js';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { instantFromMs } from '../../../src/core/terms/instant.js';
import { forkScheme } from '../../../src/engine/forks/fork-scheme.js';
import { keepInMailbox } from '../../../src/engine/notices/keep-in-mailbox.js';
import { makeMailboxChannel } from '../../../src/notices/mailbox-channel.js';
import type { EffectSender } from '../../../src/queue/effect-sender.js';
import { startRelay } from '../../../src/relay/relay.js';
import { branchOff, dropForks, forkSchema } from '../../../src/store/fork-store.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, shippedDefinitions, type TestEngine } from '../../support/engine.js';
import { agendaSettingFacts } from '../../support/passing-facts.js';

const POLL_MS = 5;

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('a fork that is played beside a running relay', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const column = (sql: string) =>
    engine.deps.database.read(async (tx) => (await tx.execute<{ id: string }[]>(sql)).map(({ id }) => id));
  const counts = () =>
    engine.deps.database.read(async (tx) => {
      const tables = await tx.execute<{ name: string }[]>(
        `select table_name as name from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
      );
      const found: Record<string, number> = {};
      for (const { name } of tables) {
        const [row] = await tx.execute<{ n: number }[]>(`select count(*)::int as n from public."${name}"`);
        found[name] = row?.n ?? -1;
      }
      return found;
    });

  it('has effects of which no relay, receipt, outbox, notice, mail or timer ever knows', async () => {
    const { deps } = engine;
    const before = await counts();
    const relayed: string[] = [];
    const inline = makeInlineSender({
      engine: deps,
      render: shippedDefinitions().render,
      mailChannel: makeMailboxChannel((mail) => keepInMailbox(deps, mail)),
    });
    const sender: EffectSender = {
      async send(effects) {
        relayed.push(...effects.map(({ id }) => id));
        await inline.send(effects);
      },
      async resend(effects) {
        relayed.push(...effects.map(({ id }) => id));
        await inline.resend(effects);
      },
    };
    const relay = startRelay({
      database: deps.database,
      clock: deps.clock,
      sender,
      machineNow: () => instantFromMs(Date.now()),
      pollMs: POLL_MS,
      log: (line) => {
        throw new Error(line);
      },
    });
    const { kept, fork } = await forkScheme(deps, {
      ...by(engine.coordinator),
      wish: {
        scheme: engine.scheme.id,
        at: null,
        until: day('2017-08-31'),
        pace: 'gates',
        facts: agendaSettingFacts().map(({ fact, value }) => ({
          of: { region: 'AT32' },
          fact,
          value,
          precision: null,
          on: day('2017-07-10'),
        })),
        events: [{ of: { region: 'DE1' }, type: 'withdraw', to: null, on: day('2017-07-12') }],
        deadlines: [],
        draft: null,
        keep: true,
      },
    });
    if (kept === null) throw new Error('nothing was kept');
    expect(fork.cycles.find(({ region }) => region === 'AT32')?.stage).toBe('strategy_development');

    const made = await column(`select id from ${kept.fork}.outbox union select id from ${kept.base}.outbox`);
    expect(made.length).toBeGreaterThan(10);
    expect(await column(`select distinct type as id from ${kept.fork}.outbox order by 1`)).toEqual(
      expect.arrayContaining(['notify', 'remind', 'sync-leave', 'sync-milestone']),
    );
    // Applied where they were made, but for those that only tell somebody.
    expect(
      await column(
        `select distinct o.type as id from ${kept.fork}.outbox o
         where not exists (select 1 from ${kept.fork}.receipts r where r.effect_id = o.id) order by 1`,
      ),
    ).toEqual(['notify', 'remind']);
    expect(await column(`select id::text as id from ${kept.fork}.notices`)).toEqual([]);
    expect(await column(`select id::text as id from ${kept.fork}.mails`)).toEqual([]);

    await relay.stop();
    const known = new Set([
      ...relayed,
      ...(await column('select effect_id as id from receipts')),
      ...(await column('select id from outbox')),
      ...(await column('select effect_id as id from notices')),
      ...(await column('select effect_id as id from dead_letters')),
      ...(await column('select id::text as id from timers')),
    ]);
    expect(made.filter((id) => known.has(id))).toEqual([]);
    expect(relayed).toEqual([]);
    // The relay clears away by itself what was applied long ago by the time of the machine.
    expect({ ...(await counts()), outbox: 0 }).toEqual({ ...before, outbox: 0 });
    await deps.database.transact((tx) => dropForks(tx, [kept.fork, kept.base]));
  });

  it('cannot see a table that is not its own', async () => {
    const schema = forkSchema(engine.deps.newId(), 'fork');
    await engine.deps.database.transact((tx) =>
      branchOff(tx, { schemas: [schema], scheme: engine.scheme.id }),
    );
    const within = engine.deps.database.within(schema);
    await within.transact((tx) => tx.execute('drop table accounts'));
    await expect(within.read((tx) => tx.execute('select 1 from accounts'))).rejects.toThrow(/does not exist/);
    expect(await column('select id from accounts limit 1')).toHaveLength(1);
    // The connection is back in the pool as it was.
    const path = await engine.deps.database.read((tx) =>
      tx.execute<{ s: string }[]>('select current_schema() as s'),
    );
    expect(path).toEqual([{ s: 'public' }]);
    await engine.deps.database.transact((tx) => dropForks(tx, [schema]));
  });
});
