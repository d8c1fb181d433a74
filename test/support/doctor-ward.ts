import { expect } from '@jest/globals';
import { Client } from 'pg';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { FindingCode } from '../../src/core/proof/finding-code.js';
import type { Finding } from '../../src/core/proof/finding.js';
import { instantFromMs, instantToMs, type Instant } from '../../src/core/terms/instant.js';
import { examine, type ExamineOptions } from '../../src/engine/doctor/examine.js';
import { raiseFindings } from '../../src/engine/doctor/run-doctor.js';
import { readIncidents } from '../../src/engine/incidents/read-incidents.js';
import { retryIncident } from '../../src/engine/incidents/retry-incident.js';
import type { IncidentView } from '../../src/engine/incidents/view-incident.js';
import type { CommandContext } from '../../src/engine/transactions/run-command.js';
import { carryOutEffects } from './carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from './engine.js';
import { catalogWithWorkflow, timedWorkflow } from './timed-workflow.js';

/** No history: what is planted past the program differs from it, and has its own test. */
export const ALONE: ExamineOptions = { limits: { historySample: 0 } };

/** A coordinator's wish about the cycle of a region. */
export interface PlainMove extends CommandContext {
  readonly cycleId: string;
  readonly note: null;
  readonly decidedOn: CalendarDate | null;
}

/** A scheme in good health, a connection past the program to harm it with, and what tests of the doctor do over and over. */
export interface DoctorWard {
  readonly engine: TestEngine;
  readonly client: Client;
  /** How long all examinations have taken, in milliseconds. */
  examinedMs(): number;
  connect(): Promise<Client>;
  command(nuts: string): PlainMove;
  ago(ms: number): Promise<Instant>;
  findings(options?: ExamineOptions): Promise<readonly Finding[]>;
  /** What there is now, which must be of this one code alone, and have words. */
  found(code: FindingCode, options?: ExamineOptions): Promise<readonly Finding[]>;
  /** Raises incidents for what there is; gives the ids of those that are open by subject. */
  raise(options?: ExamineOptions): Promise<ReadonlyMap<string, string>>;
  retry(incidentId: string): Promise<IncidentView>;
  /** Retries every incident that is open, gives what was done; afterwards nothing is found and nothing is open. */
  heal(options?: ExamineOptions): Promise<readonly string[]>;
  /** For what only a person can mend: refuses to retry, is mended by `sql`, and then resolves itself. */
  mend(sql: string, params?: readonly unknown[]): Promise<void>;
  expectClean(options?: ExamineOptions): Promise<void>;
  close(): Promise<void>;
}

/** Opened on 1 September 2017; the catalog also has a workflow with a timer in agenda setting. */
export async function openDoctorWard(): Promise<DoctorWard> {
  const opened = await openTestEngine(instant('2017-09-01T08:00:00Z'));
  const workflow = timedWorkflow({
    agenda_setting: [
      {
        id: 'too-long',
        delay: { calendarDays: 3_000 },
        // oxlint-disable-next-line unicorn/no-thenable -- a word of the file format
        then: { effects: [{ type: 'notify', template: 'stage.lasting', audience: ['coordinator'] }] },
      },
    ],
  });
  const engine: TestEngine = { ...opened, deps: { ...opened.deps, catalog: catalogWithWorkflow(workflow) } };
  await carryOutEffects(engine);
  const clients: Client[] = [];
  async function connect(): Promise<Client> {
    const made = new Client({ connectionString: engine.url });
    made.on('error', () => {});
    await made.connect();
    clients.push(made);
    return made;
  }
  const client = await connect();
  const command = (nuts: string) => ({
    ...by(engine.coordinator),
    cycleId: engine.cycle(nuts),
    note: null,
    decidedOn: null,
  });
  const ago = async (ms: number) => instantFromMs(instantToMs(await engine.clock.now()) - ms);
  let examinedMs = 0;
  const findings = async (options: ExamineOptions = ALONE) => {
    const from = performance.now();
    const examination = await examine(engine.deps, options);
    examinedMs += performance.now() - from;
    return examination.findings;
  };

  async function found(code: FindingCode, options: ExamineOptions = ALONE): Promise<readonly Finding[]> {
    const all = await findings(options);
    expect(all.map((one) => `${one.code} ${JSON.stringify(one.details)}`)).toEqual(
      all.map(() => expect.stringContaining(`${code} `)),
    );
    expect(all.length).toBeGreaterThan(0);
    for (const { cause, remedy } of all) expect([cause.en, remedy.en]).not.toContain('');
    return all;
  }
  async function raise(options: ExamineOptions = ALONE): Promise<ReadonlyMap<string, string>> {
    await raiseFindings(engine.deps, await examine(engine.deps, options));
    const open = await readIncidents(engine.deps, { actor: engine.auditor, limit: 200 });
    return new Map(open.map(({ subject, id }) => [subject, id]));
  }
  const retry = (incidentId: string) =>
    retryIncident(engine.deps, { ...by(engine.administrator), incidentId });
  async function heal(options: ExamineOptions = ALONE): Promise<readonly string[]> {
    const done: string[] = [];
    for (const id of (await raise(options)).values()) {
      const { incident, actions } = await retry(id);
      done.push(String(actions.at(-1)?.outcome['done']));
      expect(incident.resolvedAt ?? null).not.toBeNull();
    }
    await carryOutEffects(engine);
    await expectClean(options);
    return done;
  }
  async function expectClean(options: ExamineOptions = ALONE): Promise<void> {
    expect((await findings(options)).map(({ code, details }) => [code, details])).toEqual([]);
    expect(await raise(options)).toEqual(new Map());
  }
  async function mend(sql: string, params: readonly unknown[] = []): Promise<void> {
    for (const id of (await raise()).values()) {
      await expect(retry(id)).rejects.toMatchObject({ code: 'incident.not-retryable' });
    }
    await client.query(sql, [...params]);
    await carryOutEffects(engine);
    await expectClean();
  }
  return {
    engine,
    client,
    examinedMs: () => examinedMs,
    connect,
    command,
    ago,
    findings,
    found,
    raise,
    retry,
    heal,
    mend,
    expectClean,
    async close() {
      for (const each of clients) await each.end();
      await engine.close();
    },
  };
}
