import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import type { CheckReport } from '../../core/rulebooks/reports.js';
import { listLivingCycles } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { workshopOf } from '../workshop.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { compileStored } from './rulebook-of.js';

/**
 * Checks a draft with the machine of every workflow that is in use: those of its living cycles, and the newest of
 * each workflow that it serves. A signature over earlier alarms ends. Errors: see `changeDraft`.
 */
export async function checkDraft(deps: EngineDeps, command: DraftCommand): Promise<DraftView> {
  return changeDraft(deps, command, async (tx, now, draft) => {
    const rulebook = compileStored(deps, draft);
    const workflows = await workflowsInUse(deps, tx, rulebook);
    const { modelCheck } = workshopOf(deps);
    const checkReport: CheckReport = {
      checkedAt: now,
      checkedBy: command.actor.id,
      workflows: workflows.map(({ id, version, hash }) => ({ id, version, hash })),
      alarms: modelCheck === undefined ? [] : modelCheck(rulebook, workflows),
      notChecked: modelCheck === undefined,
    };
    return {
      event: 'check',
      facts: { alarms: checkReport.alarms.length },
      changes: { checkReport, signedBy: null, signedAt: null, signedReason: null },
      log: { kind: 'checked', details: { alarms: checkReport.alarms.map(({ code }) => code) } },
    };
  });
}

async function workflowsInUse(deps: EngineDeps, tx: Tx, rulebook: Rulebook): Promise<readonly Workflow[]> {
  const living = await listLivingCycles(tx, rulebook.id, null);
  const pinned = living.map(({ workflowId: id, workflowVersion: version, workflowHash: hash }) =>
    deps.catalog.workflow({ id, version, hash }),
  );
  const newest = [...new Set(deps.catalog.workflows.map(({ id }) => id))].map((id) =>
    deps.catalog.latestWorkflow(id),
  );
  return [
    ...new Set([...pinned, ...newest.filter((workflow) => judgePairing(workflow, rulebook).length === 0)]),
  ];
}
