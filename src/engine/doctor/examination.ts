import type { FindingCode } from '../../core/proof/finding-code.js';
import type { Finding } from '../../core/proof/finding.js';
import type { LivingPeople } from '../../core/proof/living-people.js';
import { instantFromMs, instantToMs, type Instant } from '../../core/terms/instant.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { DoctorLimits } from './doctor-limits.js';

/** How much was looked at. */
export interface Checked {
  /** Live ones. */
  readonly cycles: number;
  /** Of live cycles, that wait for somebody. */
  readonly tasks: number;
  /** That wait. */
  readonly timers: number;
  /** That are not released. */
  readonly syncPoints: number;
  /** That are not applied yet. */
  readonly effects: number;
  /** That are under way. */
  readonly operations: number;
  /** Cycles whose history was verified. */
  readonly histories: number;
}

/** What an examination has found, and what it can speak of. */
export interface Examination {
  readonly examinedAt: Instant;
  readonly findings: readonly Finding[];
  readonly checked: Checked;
  /** Whether the examination would have found this fault if it were there. */
  readonly covers: (code: FindingCode, subject: string) => boolean;
}

/** What every part of an examination works with: one unchanging picture of the database. */
export interface Round {
  readonly deps: EngineDeps;
  readonly tx: Tx;
  readonly now: Instant;
  readonly limits: DoctorLimits;
  readonly people: LivingPeople;
}

/** What a part has found. */
export interface Part {
  readonly findings: readonly Finding[];
  readonly checked: Partial<Checked>;
  /** Codes of which there may be more than were found. */
  readonly cut?: readonly FindingCode[];
}

const SECOND_MS = 1_000;

/** The instant `seconds` before the round's. */
export function before({ now }: Pick<Round, 'now'>, seconds: number): Instant {
  return instantFromMs(instantToMs(now) - seconds * SECOND_MS);
}
