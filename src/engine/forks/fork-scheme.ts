import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { instantFromMs, instantToMs, type Instant } from '../../core/terms/instant.js';
import { branchOff, dropForks, forkSchema } from '../../store/fork-store.js';
import type { PastRows } from '../../store/fork-rewind.js';
import { findDraft, type RulebookDraftRow } from '../../store/rulebook-draft-store.js';
import { findScheme, listRegions } from '../../store/scheme-store.js';
import { databaseClockMs } from '../../store/server-health-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps, ForkStage, ForkTheatre } from '../engine-deps.js';
import { requirePast } from '../history/require-past.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { compareRuns, type ForkDifference } from './compare-runs.js';
import type { ForkRun } from './fork-run.js';
import { FORK_KEPT_MS, FORKS_AT_ONCE_MAX, type ForkPace, type ForkWish } from './fork-wish.js';
import { judgeWish } from './judge-wish.js';
import { playFork, type Act, type Script } from './play-fork.js';
import { pastRows, rewindFork, tryDraft } from './prepare-fork.js';
import { readPaces } from './read-paces.js';
import { readRun } from './read-run.js';
import { setDeadlines } from './set-deadlines.js';

/**
 * What a fork does not put back to its moment: `joint-records.as-they-stand`, the records beside the cycles of
 * activities, calls and proposals, of which there is no journal, are those of now.
 */
export type ForkLimit = 'joint-records.as-they-stand';

/** A scheme with and without the hypotheses, side by side. Plain JSON. */
export interface ForkComparison {
  readonly scheme: string;
  readonly at: Instant;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  readonly pace: ForkPace;
  readonly draft: string | null;
  readonly base: ForkRun;
  readonly fork: ForkRun;
  readonly differences: readonly ForkDifference[];
  readonly limits: readonly ForkLimit[];
  /** The schemas in which the two runs can be looked at, and until when; null: they are gone. */
  readonly kept: { readonly base: string; readonly fork: string; readonly until: Instant } | null;
}

/** How many forks this process plays. */
let playing = 0;

/**
 * What if: branches a scheme off at a moment, once as it is and once with hypothetical facts, events, deadlines and rules,
 * plays both to the same day under a clock of their own, and says where they differ. Nothing of it leaves: both runs
 * have schemas of their own in the database, which are gone with the answer. The same wish about the same moment has
 * the same answer, byte by byte, but for the names of what is kept.
 *
 * @throws DomainError `auth.role-forbidden`, `scheme.not-found`, `date.in-the-future`, `draft.not-found`,
 *   `draft.invalid`, `history.not-recorded`; `fork.invalid`, `fork.too-large` (see `judgeWish`); `fork.not-possible`
 *   where there is no stage or the database refuses the schema; `request.rate-limited` (later) while others are played
 */
export async function forkScheme(
  deps: EngineDeps,
  command: CommandContext & { readonly wish: ForkWish },
): Promise<ForkComparison> {
  requireRole(command.actor, ['coordinator', 'system']);
  const { forks } = deps;
  if (forks === undefined)
    throw new DomainError('fork.not-possible', { reason: 'There is no stage for them.' });
  if (playing >= FORKS_AT_ONCE_MAX) {
    throw new DomainError('request.rate-limited', { limit: FORKS_AT_ONCE_MAX }, 'later');
  }
  playing += 1;
  try {
    const comparison = await compared(deps, forks, command.wish);
    // Played before, as a play takes seconds; what was answered to the key first is the answer.
    return await runCommand(deps, { ...command, expectedVersion: null }, async () => comparison);
  } finally {
    playing -= 1;
  }
}

/** What both runs have in common. */
interface Branch {
  readonly wish: ForkWish;
  readonly at: Instant;
  readonly from: CalendarDate;
  readonly zone: string;
  readonly regions: readonly string[];
  readonly acts: ReadonlyMap<CalendarDate, readonly Act[]>;
  readonly draft: RulebookDraftRow | null;
  readonly paceOf: Script['paceOf'];
  /** Null: it branches off now. */
  readonly past: readonly PastRows[] | null;
}

async function compared(deps: EngineDeps, forks: ForkTheatre, wish: ForkWish): Promise<ForkComparison> {
  const branch = await readBranch(deps, wish);
  const id = deps.newId();
  const schemas = { base: forkSchema(id, 'base'), fork: forkSchema(id, 'fork') };
  try {
    await branchOffBoth(deps, wish.scheme, Object.values(schemas));
    const base = await play(forks.open(schemas.base, branch.at), branch, false);
    const fork = await play(forks.open(schemas.fork, branch.at), branch, true);
    const { at, from, past } = branch;
    const { scheme, until, pace, draft } = wish;
    return {
      scheme,
      at,
      from,
      until,
      pace,
      draft,
      base,
      fork,
      differences: compareRuns(base, fork),
      limits: past === null ? [] : ['joint-records.as-they-stand'],
      kept: wish.keep
        ? {
            ...schemas,
            until: await keptUntil(deps),
          }
        : null,
    };
  } finally {
    if (!wish.keep) await deps.database.transact((tx) => dropForks(tx, Object.values(schemas)));
  }
}

async function readBranch(deps: EngineDeps, wish: ForkWish): Promise<Branch> {
  const branch = await deps.database.read(async (tx) => {
    if ((await findScheme(tx, wish.scheme)) === null) {
      throw new DomainError('scheme.not-found', { scheme: wish.scheme });
    }
    const now = await deps.clock.now(tx);
    const at = wish.at ?? now;
    requirePast(at, now);
    const regions = await listRegions(tx, wish.scheme);
    const zone = regions[0]?.zone ?? 'UTC';
    const from = dateInZone(at, zone);
    const draft = wish.draft === null ? null : await findDraft(tx, wish.draft);
    if (wish.draft !== null && draft === null)
      throw new DomainError('draft.not-found', { draft: wish.draft });
    const acts = await judgeWish(deps, tx, wish, from);
    const paceOf = await readPaces(deps, tx, {
      scheme: wish.scheme,
      at,
      isPast: wish.at !== null,
      pace: wish.pace,
    });
    return { wish, at, from, zone, regions: regions.map(({ nuts }) => nuts), acts, draft, paceOf };
  });
  return { ...branch, past: wish.at === null ? null : await pastRows(deps, wish.scheme, branch.at) };
}

async function play(stage: ForkStage, branch: Branch, isFork: boolean): Promise<ForkRun> {
  const { wish, at, zone, regions, past, paceOf } = branch;
  if (past !== null) await rewindFork(stage, past, at);
  if (isFork && branch.draft !== null) await tryDraft(stage, branch.draft);
  if (isFork) await setDeadlines(stage, wish.scheme, wish.deadlines);
  const acts = isFork ? branch.acts : new Map<CalendarDate, readonly Act[]>();
  const { scheme, until } = wish;
  const steps = await playFork(stage, { scheme, zone, until, acts, paceOf });
  return readRun(stage, { scheme, zone, from: at, regions }, steps);
}

/** Whoever runs the database may not let this program make schemas. SQLSTATE insufficient_privilege. */
async function branchOffBoth(deps: EngineDeps, scheme: string, schemas: readonly string[]): Promise<void> {
  try {
    await deps.database.transact((tx) => branchOff(tx, { schemas, scheme }));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== '42501') throw error;
    throw new DomainError('fork.not-possible', { reason: 'The database account may not create schemas.' });
  }
}

async function keptUntil(deps: EngineDeps): Promise<Instant> {
  const made = await deps.database.read((tx) => databaseClockMs(tx));
  return instantFromMs(instantToMs(instantFromMs(made)) + FORK_KEPT_MS);
}
