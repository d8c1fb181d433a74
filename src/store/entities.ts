import { activityRegionTable, activityTable } from './activity-store.js';
import { absenceTable } from './absence-store.js';
import { accountTable } from './account-store.js';
import { callRegionTable, callTable } from './call-store.js';
import { clockTable } from './clock-store.js';
import { closureTable } from './closure-store.js';
import { cycleTable } from './cycle-store.js';
import { deadLetterTable } from './dead-letter-store.js';
import { decisionTable } from './decision-store.js';
import { factTable } from './fact-store.js';
import { idempotencyTable } from './idempotency-store.js';
import { incidentActionTable } from './incident-action-store.js';
import { incidentTable } from './incident-store.js';
import { logTable } from './log-store.js';
import { mailTable } from './mail-store.js';
import { changeTable } from './journal.js';
import { milestoneTable } from './milestone-store.js';
import { modificationTable } from './modification-store.js';
import { noticeTable } from './notice-store.js';
import { operationItemTable, operationTable } from './operation-store.js';
import { outboxTable } from './outbox-store.js';
import { receiptTable } from './receipt-store.js';
import { callDecisionTable, projectTable, rankingTable } from './award-store.js';
import { eligibilityTable, proposalTable } from './proposal-store.js';
import { evaluationTable, expertTable, reviewTable } from './review-store.js';
import { rulebookDraftTable } from './rulebook-draft-store.js';
import { rulebookLogTable } from './rulebook-log-store.js';
import { rulebookVersionTable } from './rulebook-version-store.js';
import { regionTable, schemeTable } from './scheme-store.js';
import { shadowVerdictTable } from './shadow-store.js';
import { syncMemberTable, syncPointTable } from './sync-store.js';
import { syncTemplateTable } from './sync-template-store.js';
import { taskCommentTable } from './task-comment-store.js';
import { taskTable } from './task-store.js';
import { timerTable } from './timer-store.js';
import { waiverTable } from './waiver-store.js';

/** Every table that MikroORM maps; each is defined beside the store that owns it. */
export const entities = [
  schemeTable,
  regionTable,
  cycleTable,
  factTable,
  logTable,
  changeTable,
  modificationTable,
  taskTable,
  taskCommentTable,
  milestoneTable,
  waiverTable,
  syncPointTable,
  syncMemberTable,
  syncTemplateTable,
  activityTable,
  activityRegionTable,
  accountTable,
  absenceTable,
  noticeTable,
  outboxTable,
  receiptTable,
  deadLetterTable,
  timerTable,
  incidentTable,
  incidentActionTable,
  idempotencyTable,
  mailTable,
  clockTable,
  closureTable,
  decisionTable,
  shadowVerdictTable,
  rulebookVersionTable,
  rulebookDraftTable,
  rulebookLogTable,
  operationTable,
  operationItemTable,
  callTable,
  callRegionTable,
  proposalTable,
  eligibilityTable,
  expertTable,
  reviewTable,
  evaluationTable,
  rankingTable,
  projectTable,
  callDecisionTable,
] as const;
