import { randomUUID } from 'node:crypto';
import { makeCatalog } from '../../src/catalog/catalog.js';
import { makeWorkingCalendar } from '../../src/core/calendar/working-calendar.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import type { Effect, EffectPayload } from '../../src/core/terms/effect.js';
import type { Instant } from '../../src/core/terms/instant.js';
import type { Language } from '../../src/core/terms/language.js';
import type { AccountRole } from '../../src/core/terms/role.js';
import type { JobDeps } from '../../src/jobs/job-deps.js';
import type { Mail } from '../../src/notices/mail.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { parseNoticeTexts } from '../../src/notices/notice-texts.js';
import { makeNoticeRenderer } from '../../src/notices/render-notice.js';
import { addAccount, type NewAccountRow } from '../../src/store/account-store.js';
import { addCycle, lockCycle } from '../../src/store/cycle-store.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';
import { appendLog } from '../../src/store/log-store.js';
import { addScheme } from '../../src/store/scheme-store.js';
import { addTask } from '../../src/store/task-store.js';
import { readShippedTexts } from '../notices/shipped-texts.js';
import { createTestDatabase } from '../support/database.js';

export const AT = '2017-03-20T08:00:00.000Z' as Instant;
export const SCHEME = 's3-test';
const NAMES = { de: 'Kärnten', fr: 'Carinthie', it: 'Carinzia', sl: 'Koroška', en: 'Carinthia' };
const HASH = '0'.repeat(64);
const CALENDAR = makeWorkingCalendar({
  id: 'AT-2',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: [],
  coveredYears: { first: 2016, last: 2018 },
});

/** A scheme with one region, one cycle and four accounts, and what the jobs need to work on it. */
export interface JobsWorld {
  readonly deps: JobDeps;
  readonly database: Database;
  /** Mails handed to the channel, in order. */
  readonly mails: Mail[];
  /** What the channel throws at the next mails, the first first; empty: it takes them. */
  readonly refusals: Error[];
  readonly cycleId: string;
  addOpenTask(dueOn: CalendarDate | null): Promise<string>;
  outbox(): Promise<readonly { id: string; payload: EffectPayload }[]>;
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function makeJobsWorld(): Promise<JobsWorld> {
  const testDatabase = await createTestDatabase();
  await migrateDatabase(testDatabase.url);
  const database = await openDatabase(testDatabase.url);
  const cycleId = randomUUID();
  await seed(database, cycleId);
  const mails: Mail[] = [];
  const refusals: Error[] = [];
  const query: JobsWorld['query'] = <Row>(sql: string, params: readonly unknown[] = []) =>
    database.read((tx) => tx.execute<Row[]>(sql, [...params]));
  return {
    deps: {
      engine: {
        database,
        catalog: makeCatalog({
          workflows: [],
          rulebooks: [],
          factCatalogues: [],
          calendars: new Map([[CALENDAR.id, CALENDAR]]),
        }),
        clock: { now: async () => AT },
        newId: randomUUID,
      },
      render: makeNoticeRenderer(parseNoticeTexts(readShippedTexts())),
      mailChannel: makeMailboxChannel(async (mail) => {
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        mails.push(mail);
      }),
    },
    database,
    mails,
    refusals,
    cycleId,
    addOpenTask: (dueOn) => addOpenTask(database, cycleId, dueOn),
    outbox: () => query('select id, payload from outbox order by sequence'),
    query,
    async close() {
      await database.close();
      await testDatabase.drop();
    },
  };
}

export function effectOf(payload: EffectPayload): Effect {
  return { id: randomUUID(), payload };
}

function account(id: string, role: AccountRole, region: string | null, language: Language): NewAccountRow {
  return {
    id,
    name: id,
    role,
    region,
    scheme: SCHEME,
    language,
    email: `${id}@example.eu`,
    tokenHash: id,
    createdAt: AT,
  };
}

async function seed(database: Database, cycleId: string): Promise<void> {
  await database.transact(async (tx) => {
    addScheme(
      tx,
      {
        id: SCHEME,
        name: NAMES,
        startsOn: '2016-11-01' as CalendarDate,
        endsOn: '2019-10-31' as CalendarDate,
        workflowId: 'w',
        workflowVersion: 1,
        rulebookId: 'r',
        rulebookVersion: 1,
        openedAt: AT,
      },
      [
        {
          scheme: SCHEME,
          nuts: 'AT21',
          position: 0,
          name: NAMES,
          country: 'AT',
          language: 'de',
          zone: 'Europe/Vienna',
          calendar: 'AT-2',
          class: null,
          neighbours: [],
          profile: {},
        },
      ],
    );
    const cycle = addCycle(tx, {
      id: cycleId,
      scheme: SCHEME,
      region: 'AT21',
      subject: 'region',
      number: 1,
      stage: 'draft',
      status: 'active',
      snapshot: {} as never,
      workflowId: 'w',
      workflowVersion: 1,
      workflowHash: HASH,
      rulebookId: 'r',
      rulebookVersion: 1,
      rulebookHash: HASH,
      stageEnteredAt: AT,
      openedAt: AT,
      changedAt: AT,
    });
    await appendLog(tx, cycle, { kind: 'opened', actor: SYSTEM_ACTOR, at: AT, details: {} });
    addAccount(tx, account('coordinator', 'coordinator', null, 'en'));
    addAccount(tx, account('carinthia', 'authority', 'AT21', 'de'));
    addAccount(tx, account('salzburg', 'authority', 'AT32', 'de'));
    addAccount(tx, account('slovenia', 'authority', 'SI', 'sl'));
  });
}

async function addOpenTask(database: Database, cycleId: string, dueOn: CalendarDate | null): Promise<string> {
  const id = randomUUID();
  await database.transact(async (tx) => {
    addTask(tx, {
      id,
      cycleId,
      scheme: SCHEME,
      region: 'AT21',
      kind: 'sub-step',
      reference: id,
      stage: 'draft',
      cycleNumber: 1,
      actingRegion: 'AT21',
      owner: 'regional_authority',
      candidateRoles: ['regional_authority'],
      candidatePeople: [],
      priority: 'normal',
      labels: NAMES,
      evidence: null,
      facts: [],
      dueOn,
      target: null,
      whenSuspended: 'freeze',
      delegatedBy: null,
      extension: null,
      evidenceGiven: null,
      status: 'open',
      assignee: null,
      note: null,
      openedAt: AT,
      endedAt: null,
    });
    const cycle = await lockCycle(tx, cycleId);
    if (cycle === null) throw new Error(`no cycle ${cycleId}`);
    await appendLog(tx, cycle, { kind: 'task', actor: SYSTEM_ACTOR, at: AT, details: { task: id } });
  });
  return id;
}
