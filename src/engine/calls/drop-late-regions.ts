import type { Labels } from '../../core/terms/language.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { CallWork } from './call-for-change.js';
import { gapsOf, isIn } from './call-parts.js';
import { leavePart } from './leave-part.js';
import { settlePackage, type PackageChange } from './settle-package.js';

/** Where a call may still lose regions that are late; before, nobody has promised anything. */
const STAGES: readonly string[] = ['agreed', 'packaged'];

const LATE: Labels = {
  de: 'Anhang oder Mittelzusage der Region lagen nicht rechtzeitig vor.',
  fr: 'L’annexe ou l’engagement budgétaire de la région manquait à la date prévue.',
  it: 'L’allegato o l’impegno di fondi della regione mancava alla data prevista.',
  sl: 'Priloga ali zagotovilo sredstev regije ni bilo na voljo pravočasno.',
  en: 'The annex or the committed budget of the region was not there in time.',
};

/**
 * The last day for the packages has passed (S3): every region that has not published its annex or committed a budget
 * leaves the call, and the others go on; too few of them are an incident. A common text that is not final is no
 * region's fault, and drops nobody: the gate waits for it.
 *
 * @param only NUTS codes; absent: whoever is late
 * @returns the regions that have left
 */
export async function dropLateRegions(
  deps: EngineDeps,
  tx: Tx,
  work: CallWork,
  only?: readonly string[],
): Promise<readonly string[]> {
  if (!STAGES.includes(work.picture.cycle.stage)) return [];
  const late = work.parts.filter(
    (part) =>
      isIn(part) &&
      gapsOf(work.call, part).some((gap) => gap !== 'text') &&
      (only === undefined || only.includes(part.region)),
  );
  if (late.length === 0) return [];
  const changes: PackageChange[] = [];
  for (const part of late) {
    const leaving = { state: 'dropped', reason: LATE.en, told: LATE } as const;
    changes.push(await leavePart(deps, tx, work, { part, leaving }));
  }
  await settlePackage(deps, tx, work, changes);
  return late.map(({ region }) => region);
}
