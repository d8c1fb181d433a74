import type { Language } from './language.js';
import type { AccountRole } from './role.js';

/** The person (or program) on whose behalf a command runs; kept with everything that it writes. */
export interface Actor {
  /** Account id; `system` for what the program does by itself (seed, jobs, timers). */
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole | 'system';
  /** NUTS code of an authority's region; null for roles of the whole scheme. */
  readonly region: string | null;
  readonly language: Language;
}

export const SYSTEM_ACTOR: Actor = {
  id: 'system',
  name: 'Cordata',
  role: 'system',
  region: null,
  language: 'en',
};
