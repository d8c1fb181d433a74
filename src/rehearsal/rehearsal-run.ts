import { dateInZone } from '../core/calendar/zoned-instant.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { makeTally, type RehearsalTally } from './make-tally.js';
import type { RehearsalCast } from './rehearsal-cast.js';
import type { DetailOf, Named, RehearsalDetail, RehearsalEvent } from './rehearsal-event.js';
import type { Scenario } from './scenario-schema.js';
import type { SimulatedClock } from './simulated-clock.js';
import type { HistoryWords } from './tell-history.js';
import { watchHistory } from './watch-history.js';
import { watchNotices } from './watch-notices.js';
import { watchSyncPoints } from './watch-sync-points.js';

/** The engine under a clock that the rehearsal moves. */
export interface RehearsalDeps extends EngineDeps {
  readonly clock: SimulatedClock;
}

/** What a rehearsal is given by the process around it. */
export interface RehearsalTools {
  /** Fires the timers that are due and applies every effect, until nothing is left to do. */
  drain(): Promise<void>;
  /** Takes what has happened, in order. */
  emit(event: RehearsalEvent): void;
}

/** A rehearsal under way. */
export interface RehearsalRun {
  readonly deps: RehearsalDeps;
  readonly scenario: Scenario;
  readonly scheme: SchemeDefinition;
  readonly cast: RehearsalCast;
  readonly words: HistoryWords;
  readonly drain: RehearsalTools['drain'];
  /** Cycle id by NUTS code, in the scheme's order. */
  readonly cycles: ReadonlyMap<string, string>;
  /** Stage by NUTS code, as the last move left it. */
  readonly stages: Map<string, string>;
  /** Stage by key of an activity or a call, as it was last told. */
  readonly jointStages: Map<string, string>;
  /** The last refusal of a region that no move has followed. */
  readonly refusals: Map<string, DetailOf<'verdict'>>;
  readonly tally: RehearsalTally;
  readonly history: ReturnType<typeof watchHistory>;
  readonly notices: ReturnType<typeof watchNotices>;
  readonly syncNews: ReturnType<typeof watchSyncPoints>;
  /** Tells a detail as of now; `on` is another day for what happened before or after the simulated time. */
  tell(detail: RehearsalDetail, on?: string): void;
}

/** Puts a run together. @param parts.cycles cycle id by NUTS code, in the scheme's order */
export function makeRun(
  deps: RehearsalDeps,
  tools: RehearsalTools,
  parts: Pick<RehearsalRun, 'scenario' | 'scheme' | 'cast' | 'words' | 'cycles'>,
): RehearsalRun {
  const { scheme } = parts;
  const tally = makeTally();
  const refusals = new Map<string, DetailOf<'verdict'>>();
  const zone = zoneOf(scheme);
  return {
    deps,
    ...parts,
    drain: () => tools.drain(),
    stages: new Map(),
    jointStages: new Map(),
    refusals,
    tally,
    history: watchHistory(deps),
    notices: watchNotices(deps),
    syncNews: watchSyncPoints(deps, scheme.id),
    tell(detail, on) {
      const at = deps.clock.shows();
      const event = { ...detail, at, on: on ?? dateInZone(at, zone) };
      if (event.type === 'verdict') refusals.set(event.region, event);
      if (event.type === 'moved') refusals.delete(event.region);
      tally.add(event);
      tools.emit(event);
    },
  };
}

/** The zone in which days are told: that of the first region. All regions of the Alps share one clock. */
export function zoneOf(scheme: SchemeDefinition): string {
  const [first] = scheme.regions;
  if (first === undefined) throw new DomainError('scheme.invalid', { scheme: scheme.id });
  return first.zone;
}

/** The states of the workflow in its order, drafts left out. */
export function statesOf({ words }: Pick<RehearsalRun, 'words'>): readonly Named[] {
  return [...words.workflow.states]
    .filter(([, { kind }]) => kind !== 'draft')
    .map(([id, { labels }]) => ({ id, label: labels.en }));
}
