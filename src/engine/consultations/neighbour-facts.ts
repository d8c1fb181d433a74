import type { FactScalar } from '../../core/facts/fact-value.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkFactEntries } from '../facts/check-fact-entries.js';
import { putEntries } from '../facts/put-entries.js';

/** What the rule on the neighbours (R18) looks at. */
export const NEIGHBOUR_FACTS = {
  asked: 'neighbours.asked',
  answered: 'neighbours.answered',
  notifiedOn: 'neighbours.notified_on',
} as const;

/** A count of this number of the cycle as it is known now; 0 where nothing is. */
export function countOf({ known, cycle }: CyclePicture, fact: string): number {
  const value = known.findLast((one) => one.fact === fact && one.cycleNumber === cycle.number)?.value;
  return typeof value === 'number' ? value : 0;
}

/**
 * Records facts that follow from a consultation as if somebody had reported them, with the tasks as their origin. A
 * fact that the cycle's catalogue does not have is left out.
 */
export async function recordNeighbourFacts(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  report: {
    readonly picture: CyclePicture;
    readonly facts: Readonly<Record<string, FactScalar>>;
    readonly evidence: string;
  },
): Promise<void> {
  const { picture, facts, evidence } = report;
  const { catalogue } = picture.rulebook;
  const known = Object.entries(facts).filter(([fact]) => catalogue.has(fact));
  const entries = checkFactEntries(
    known.map(([fact, value]) => ({ fact, value, precision: null, observedOn: null, evidence, note: null })),
    { catalogue, actor, today: picture.today, base: '/facts' },
  );
  await putEntries(deps, tx, actor, { picture, entries });
}
