import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { listCycles, type CycleRow } from '../../store/cycle-store.js';
import { nextTimerAt } from '../../store/fork-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { ForkStage } from '../engine-deps.js';
import { actEvent, actFacts, assumeFacts, type Acted } from './fork-acts.js';
import type { ForkCause, ForkStep } from './fork-run.js';
import { FORK_CYCLES_MAX, type HypotheticalEvent, type HypotheticalFact } from './fork-wish.js';
import { surveyCycle, type Survey } from './survey-cycle.js';

/** Times of day, in the scheme's zone, of what a play does and where it ends. */
const ACT_TIME = '09:00';
const CLOSING_TIME = '18:00';

/** A play that has not come to its end after so many stops goes in a circle. */
const STOPS_MAX = 20_000;

/** A hypothesis about one cycle. */
export type Act =
  | { readonly do: 'facts'; readonly cycle: string; readonly facts: readonly HypotheticalFact[] }
  | { readonly do: 'event'; readonly cycle: string; readonly event: HypotheticalEvent };

/** What is played. */
export interface Script {
  readonly scheme: string;
  readonly zone: string;
  readonly until: CalendarDate;
  /** By day; those of one day in their order, facts before events. */
  readonly acts: ReadonlyMap<CalendarDate, readonly Act[]>;
  /** The day on which a stage that was entered on a day is half likely to be over; null: nobody paces it. */
  readonly paceOf: (cycle: CycleRow, today: CalendarDate) => CalendarDate | null;
}

/** A cycle as the play sees it. */
interface Part {
  readonly row: CycleRow;
  readonly survey: Survey;
  /** Since when it can go where it can go. */
  readonly openSince: CalendarDate | null;
  readonly pacedOn: CalendarDate | null;
}

/**
 * Plays a fork to the end of its last day: hypotheses on their days, timers at their instants, and every cycle takes its
 * next step on the day after its gate has opened, once to each stage. Stops only where something can happen. Gives what
 * it has done itself.
 *
 * @throws DomainError `fork.too-large` for more cycles than `FORK_CYCLES_MAX`
 */
export async function playFork(stage: ForkStage, script: Script): Promise<readonly ForkStep[]> {
  const play = new Play(stage, script);
  await play.run();
  return play.steps;
}

class Play {
  readonly steps: ForkStep[] = [];
  private parts = new Map<string, Part>();
  /** Where a cycle has been since the moment of the fork: it does not go there by itself again. */
  private readonly been = new Set<string>();
  private readonly done = new Set<CalendarDate>();

  private readonly stage: ForkStage;
  private readonly script: Script;

  constructor(stage: ForkStage, script: Script) {
    this.stage = stage;
    this.script = script;
  }

  async run(): Promise<void> {
    const { clock } = this.stage.deps;
    const end = this.at(this.script.until, CLOSING_TIME);
    await this.stage.drain();
    await this.look();
    await this.stop();
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      const next = await this.nextStop();
      if (next === null || next > end) break;
      clock.set(next > clock.shows() ? next : clock.shows());
      await this.stop();
    }
    if (end > clock.shows()) clock.set(end);
    await this.stage.drain();
  }

  private get today(): CalendarDate {
    return dateInZone(this.stage.deps.clock.shows(), this.script.zone);
  }

  /** What the time has brought, then what the hypotheses say, then what follows of itself. */
  private async stop(): Promise<void> {
    await this.stage.drain();
    await this.act();
    await this.look();
    if (await this.goOn()) await this.look();
  }

  private async act(): Promise<void> {
    const { today } = this;
    const isDue = this.stage.deps.clock.shows() >= this.at(today, ACT_TIME);
    const acts = this.script.acts.get(today);
    if (acts === undefined || this.done.has(today) || !isDue) return;
    this.done.add(today);
    for (const act of acts) {
      const acted =
        act.do === 'facts'
          ? await actFacts(this.stage.deps, act.cycle, act.facts)
          : await actEvent(this.stage.deps, act.cycle, act.event);
      this.tell(act.cycle, act.do === 'facts' ? 'facts' : act.event.type, 'hypothesis', acted);
      await this.stage.drain();
    }
  }

  /** Looks again at the cycles that have changed, or whose gate may have turned with the day. */
  private async look(): Promise<void> {
    const { deps } = this.stage;
    const { today } = this;
    await deps.database.read(async (tx) => {
      const rows = await listCycles(tx, { scheme: this.script.scheme, limit: FORK_CYCLES_MAX + 1 });
      if (rows.length > FORK_CYCLES_MAX) throw new DomainError('fork.too-large', { limit: FORK_CYCLES_MAX });
      const now = await deps.clock.now(tx);
      for (const row of rows) {
        const known = this.parts.get(row.id);
        if (known !== undefined && !isNews(known, row, today)) continue;
        this.been.add(`${row.id}/${row.stage}`);
        const isLiving = row.status === 'active';
        const survey = isLiving ? surveyCycle(await takePicture(deps, tx, row, now)) : null;
        this.parts.set(row.id, this.partOf(row, survey, known ?? null));
      }
    });
  }

  private partOf(row: CycleRow, survey: Survey | null, known: Part | null): Part {
    const to = survey?.to ?? null;
    const isNew = known === null || known.row.stageEnteredAt !== row.stageEnteredAt;
    const isOpenStill = !isNew && known.survey.to === to && known.openSince !== null;
    const paced = isNew && survey?.verdict != null ? this.script.paceOf(row, this.today) : null;
    return {
      row,
      survey: survey ?? { to: null, opensOn: null, verdict: null, leadsTo: null },
      openSince: to === null || this.hasBeen(row, to) ? null : isOpenStill ? known.openSince : this.today,
      pacedOn: isNew ? paced : known.pacedOn,
    };
  }

  /** Takes the steps whose day has come; true when something was done. */
  private async goOn(): Promise<boolean> {
    const { today } = this;
    if (this.stage.deps.clock.shows() < this.at(today, ACT_TIME)) return false;
    let isChanged = false;
    for (const part of Array.from(this.parts.values())) {
      const { id } = part.row;
      if (part.openSince !== null && part.openSince < today && part.survey.to !== null) {
        const acted = await actEvent(this.stage.deps, id, { type: 'advance', to: part.survey.to });
        this.tell(id, 'advance', 'gate', acted);
        // A gate that has shut over night is looked at again; without this it would be tried for ever.
        this.parts.delete(id);
      } else if (this.isPaced(part, today)) {
        const acted = await assumeFacts(this.stage.deps, id);
        if (acted !== null) this.tell(id, 'facts', 'pace', acted);
        this.parts.set(id, { ...part, pacedOn: null });
      } else continue;
      isChanged = true;
      await this.stage.drain();
    }
    return isChanged;
  }

  private isPaced({ row, pacedOn, openSince, survey }: Part, today: CalendarDate): boolean {
    if (pacedOn === null || pacedOn > today || openSince !== null) return false;
    return survey.leadsTo !== null && !this.hasBeen(row, survey.leadsTo);
  }

  /** The next instant at which something can happen; null: never again. */
  private async nextStop(): Promise<Instant | null> {
    const { today } = this;
    const now = this.stage.deps.clock.shows();
    const days: CalendarDate[] = [...this.script.acts.keys()].filter((day) => !this.done.has(day));
    for (const { row, survey, openSince, pacedOn } of this.parts.values()) {
      if (openSince !== null) days.push(openSince < today ? today : tomorrow(openSince));
      if (survey.opensOn !== null && openSince === null) days.push(survey.opensOn);
      const isAhead = survey.leadsTo !== null && !this.hasBeen(row, survey.leadsTo);
      if (pacedOn !== null && isAhead && openSince === null) days.push(pacedOn);
    }
    const instants = days
      .map((day) => this.at(day < today ? today : day, ACT_TIME))
      .map((at) => (at > now ? at : this.at(tomorrow(today), ACT_TIME)));
    const timer = await this.stage.deps.database.read((tx) => nextTimerAt(tx));
    return [...instants, ...(timer === null ? [] : [timer])].toSorted()[0] ?? null;
  }

  private hasBeen({ id }: CycleRow, stage: string): boolean {
    return this.been.has(`${id}/${stage}`);
  }

  private at(day: CalendarDate, time: string): Instant {
    return instantAt(day, time, this.script.zone);
  }

  private tell(cycle: string, what: string, cause: ForkCause, { outcome, code, to, facts }: Acted): void {
    const region = this.parts.get(cycle)?.row.region ?? '';
    this.steps.push({ on: this.today, region, cycle, cause, what, facts, to, outcome, code });
  }
}

/** A gate that was to open on a day that has come is looked at anew, too. */
function isNews({ row: known, survey }: Part, row: CycleRow, today: CalendarDate): boolean {
  return known.version !== row.version || (survey.opensOn !== null && survey.opensOn <= today);
}

function tomorrow(day: CalendarDate): CalendarDate {
  return fromDayNumber(toDayNumber(day) + 1);
}
