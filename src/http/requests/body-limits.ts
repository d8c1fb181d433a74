import { DRAFT_PATH } from '../paths.js';

/** How much a body may be, before anybody looks at what it says. */
export interface BodyLimits {
  readonly bytesMax: number;
  /** How deep objects and arrays may lie in each other. */
  readonly depthMax: number;
}

/** Largest body of a request: 256 KiB. A report of every fact of the catalogue needs a tenth of it. */
export const BODY_BYTES_MAX = 262_144;

/** The deepest body that is understood, but for rulebooks, has three. */
export const BODY_DEPTH_MAX = 32;

/** 8 MiB: a whole rulebook is 140 KB; what is far too much for one shall still be told where, with a pointer. */
export const DRAFT_BODY_BYTES_MAX = 8_388_608;

/** Conditions may be nested twenty deep, which takes two levels of JSON each. */
export const DRAFT_BODY_DEPTH_MAX = 60;

const LIMITS: BodyLimits = { bytesMax: BODY_BYTES_MAX, depthMax: BODY_DEPTH_MAX };
const DRAFT_LIMITS: BodyLimits = { bytesMax: DRAFT_BODY_BYTES_MAX, depthMax: DRAFT_BODY_DEPTH_MAX };

/** @param route the address as the router has it; undefined where there is none */
export function bodyLimitsOf(route: string | undefined): BodyLimits {
  return route === DRAFT_PATH ? DRAFT_LIMITS : LIMITS;
}
