import type { FindingCode } from './finding-code.js';

/** One sentence why, and one what to do, for each code in one language. */
export type FindingText = Readonly<Record<FindingCode, { readonly cause: string; readonly remedy: string }>>;
