import type { ErrorCode } from '../../core/terms/error-code.js';

/** How an error code reads at the HTTP door. */
export interface ProblemKind {
  readonly status: number;
  /** The same for every occurrence (RFC 9457, 3.1.3). */
  readonly title: string;
  /** About this occurrence; `{name}` is filled in from the error's details. Absent: the title says it all. */
  readonly detail?: string;
}

const INTERNAL: ProblemKind = {
  status: 500,
  title: 'Internal error',
  detail: 'The request could not be answered. It is in the log under its request id.',
};

const UNAVAILABLE: ProblemKind = {
  status: 503,
  title: 'Not available at the moment',
  detail:
    'A service that Cordata depends on cannot be reached. Send it again with the same Idempotency-Key: what was done is not done twice.',
};

/**
 * Status and words of every error code: the one place where codes become HTTP. A code that is missing here does
 * not compile.
 */
export const PROBLEM_TABLE: Readonly<Record<ErrorCode, ProblemKind>> = {
  'auth.token-missing': {
    status: 401,
    title: 'A token is needed',
    detail: 'Send the token as Authorization: Bearer <token>.',
  },
  'auth.token-unknown': { status: 401, title: 'Nobody holds this token' },
  'auth.role-forbidden': {
    status: 403,
    title: 'Your role may not do this',
    detail: 'The role {role} may not do this; {allowed} may.',
  },

  'request.malformed': { status: 400, title: 'The request cannot be read', detail: '{reason}' },
  'request.invalid': {
    status: 422,
    title: 'The request is not valid',
    detail: 'Each entry of errors names one fault and where it is.',
  },
  'request.too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'A body may have at most {bytesMax} bytes.',
  },
  'request.too-deep': {
    status: 400,
    title: 'The body is nested too deeply',
    detail: 'Objects and arrays may lie {depthMax} deep in each other.',
  },
  'request.headers-too-large': { status: 431, title: 'The headers are too large' },
  'request.media-type': {
    status: 415,
    title: 'Not a media type that is understood',
    detail: 'Bodies are application/json.',
  },
  'request.cursor-invalid': {
    status: 422,
    title: 'Not a cursor of this list',
    detail: 'A cursor is the nextCursor of the page before, unchanged.',
  },
  'request.rate-limited': { status: 429, title: 'Too many requests' },
  'route.not-found': { status: 404, title: 'There is nothing here' },
  'route.method-not-allowed': {
    status: 405,
    title: 'Not a method of this address',
    detail: 'This address understands {allowed}.',
  },
  'idempotency.key-reused': {
    status: 422,
    title: 'The idempotency key was used for another request',
    detail: 'The key {key} came with another request before; take a new key for a new wish.',
  },
  'idempotency.in-progress': { status: 409, title: 'A request with this idempotency key is being answered' },
  'version.stale': {
    status: 412,
    title: 'It has changed since',
    detail: 'You have seen version {expected}; it is now version {current}. Read it again.',
  },
  'version.malformed': { status: 400, title: 'If-Match cannot be read', detail: '{reason}' },

  'scheme.not-found': { status: 404, title: 'No such scheme' },
  'scheme.exists': { status: 409, title: 'There is a scheme with this id' },
  'scheme.invalid': { status: 422, title: 'The scheme is not valid' },
  'fork.invalid': {
    status: 422,
    title: 'The fork cannot be played as it is described',
    detail: 'Each entry of errors names one fault and where it is.',
  },
  'fork.too-large': {
    status: 422,
    title: 'Too much for one fork',
    detail: 'At most {limit} can be played.',
  },
  'fork.not-possible': { status: 409, title: 'Forks cannot be played here', detail: '{reason}' },
  'cycle.not-found': { status: 404, title: 'No such cycle' },
  'history.not-recorded': {
    status: 404,
    title: 'Nothing is known of that time',
    detail: 'What is known of it begins at {from}.',
  },
  'revert.nothing': { status: 409, title: 'There is no decision to revert' },
  'revert.not-possible': { status: 409, title: 'The decision cannot be undone', detail: '{reason}' },
  'modification.not-found': { status: 404, title: 'No such modification' },
  'modification.not-possible': { status: 409, title: 'That cannot be done to the cycle', detail: '{reason}' },
  'modification.same-person': {
    status: 403,
    title: 'A second person must sign',
    detail: 'Who has proposed a modification cannot sign it.',
  },
  'migration.not-found': { status: 404, title: 'No mapping leads from the one version to the other' },
  'migration.not-possible': { status: 409, title: 'The cycle cannot move', detail: '{reason}' },
  'operation.not-found': { status: 404, title: 'No such operation' },
  'operation.not-possible': { status: 409, title: 'The operation cannot do that now', detail: '{reason}' },
  'operation.too-large': {
    status: 422,
    title: 'Too much for one operation',
    detail: 'The filter matches more than {limit} items; narrow it.',
  },
  'incident.not-found': { status: 404, title: 'No such open incident' },
  'incident.not-retryable': {
    status: 409,
    title: 'Nothing can be tried again here',
    detail: 'Remove the cause, and the incident resolves itself; or resolve it with a reason.',
  },
  'cycle.ended': {
    status: 409,
    title: 'The cycle has ended',
    detail: 'The cycle is {status}; nothing more can be recorded in it.',
  },
  'region.not-leading': {
    status: 403,
    title: 'Another region leads this',
    detail: 'What is joint is kept by {leads}; {region} keeps its own part.',
  },
  'region.not-found': {
    status: 422,
    title: 'No such region',
    detail: 'No region of the scheme has the NUTS code {region}.',
  },
  'event.not-possible': {
    status: 409,
    title: 'Not possible where the cycle stands',
    detail: 'The cycle is in {stage} ({status}); possible lists what it understands there.',
  },
  'event.target-unknown': {
    status: 422,
    title: 'No such stage',
    detail: 'The workflow has no state {to}. It has {states}.',
  },
  'gate.refused': { status: 409, title: 'The gate is shut', detail: '{reason}' },
  'gate.none': {
    status: 409,
    title: 'No gate stands before the next step',
    detail: 'The cycle is in {stage} ({status}); no gated advance leads on from there.',
  },
  'decision.not-found': { status: 404, title: 'No such decision' },
  'fact.unknown': { status: 422, title: 'No such fact' },
  'fact.wrong-type': { status: 422, title: 'The value has another type than its fact' },
  'fact.not-recordable': { status: 422, title: 'The fact is not yours to record' },
  'fact.invalid-date': { status: 422, title: 'Not a date of the calendar' },
  'fact.out-of-range': { status: 422, title: 'The value is out of range' },
  'fact.duplicate': { status: 422, title: 'The fact is reported twice' },
  'fact.precision-not-applicable': { status: 422, title: 'Only a date has a precision' },
  'date.in-the-future': { status: 422, title: 'The date lies in the future' },
  'task.not-found': { status: 404, title: 'No such task' },
  'task.not-open': { status: 409, title: 'The task is not open', detail: 'The task is {status}.' },
  'task.claimed-by-another': { status: 409, title: 'Somebody else has taken the task' },
  'task.not-claimed': { status: 409, title: 'Nobody has taken the task' },
  'task.not-yours': { status: 403, title: 'The task is not yours' },
  'task.not-delegated': { status: 409, title: 'Nobody has handed you the task' },
  'task.delegated-in-circle': {
    status: 409,
    title: 'The task has come from there',
    detail: 'The account {account} has handed it on; hand it back instead.',
  },
  'task.parked': {
    status: 409,
    title: 'The task is parked',
    detail: 'Its cycle rests; the task goes on when the cycle does.',
  },
  'task.date-invalid': { status: 422, title: 'Not a day for that', detail: '{reason}' },
  'task.extension-none': { status: 409, title: 'Nobody has asked for more time' },
  'task.extension-open': { status: 409, title: 'More time has been asked for already' },
  'task.evidence-missing': {
    status: 422,
    title: 'The evidence is missing',
    detail: 'The task is done when the document that shows it is named.',
  },
  'task.exists': { status: 409, title: 'Such a task is open already' },
  'absence.not-found': { status: 404, title: 'No such absence' },
  'absence.invalid': { status: 422, title: 'The absence cannot be kept', detail: '{reason}' },
  'closure.not-found': { status: 404, title: 'No such closure' },
  'closure.exists': { status: 409, title: 'The calendar is closed on that day already' },
  'closure.too-many': {
    status: 409,
    title: 'Too many closures',
    detail: 'At most {limit} closures of a calendar can stand at once; take some back.',
  },
  'consultation.nobody': {
    status: 422,
    title: 'Nobody to ask',
    detail: '{reason}',
  },
  'task.delegate-unknown': {
    status: 422,
    title: 'Not somebody who could do the task',
    detail: 'The account {account} does not exist, is you, or could not do this task.',
  },
  'notice.not-found': { status: 404, title: 'No such notice' },
  'call.not-found': { status: 404, title: 'No such call' },
  'call.exists': {
    status: 409,
    title: 'There is a call with this key',
    detail: 'The key {key} is taken in this scheme.',
  },
  'call.invalid': { status: 422, title: 'The call is not valid', detail: '{reason}' },
  'call.region-not-in': {
    status: 404,
    title: 'The region is not in the call',
    detail: '{region} takes no part in {call}.',
  },
  'call.not-possible': { status: 409, title: 'Not possible where the call stands', detail: '{reason}' },
  'proposal.not-found': { status: 404, title: 'No such proposal' },
  'proposal.invalid': { status: 422, title: 'The proposal is not valid', detail: '{reason}' },
  'proposal.too-late': {
    status: 409,
    title: 'The deadline has passed',
    detail: 'For applicants of {region} the call closed at {deadline}, {localTime}.',
  },
  'proposal.not-possible': {
    status: 409,
    title: 'That cannot be done with the proposal',
    detail: '{reason}',
  },
  'expert.conflict': { status: 409, title: 'The expert is not independent', detail: '{reason}' },
  'expert.unknown': {
    status: 422,
    title: 'Not an expert of this proposal',
    detail: 'Assign {expert} to it first, with a declaration.',
  },
  'ranking.not-found': { status: 404, title: 'The ranking is not approved yet' },
  'ranking.not-ready': { status: 409, title: 'The ranking has to wait', detail: 'In the way: {reasons}.' },
  'ranking.approved': {
    status: 409,
    title: 'The ranking stays as it was approved',
    detail: 'It was approved on {approvedOn}.',
  },
  'call-decision.invalid': { status: 422, title: 'The decision cannot be recorded', detail: '{reason}' },
  'project.not-found': { status: 404, title: 'No such project' },
  'project.not-possible': { status: 409, title: 'That cannot be done with the project', detail: '{reason}' },
  'start.not-allowed': { status: 409, title: 'The projects cannot start then', detail: '{reason}' },
  'activity.not-found': { status: 404, title: 'No such activity' },
  'activity.exists': {
    status: 409,
    title: 'There is an activity with this key',
    detail: 'The key {key} is taken in this scheme.',
  },
  'activity.invalid': { status: 422, title: 'The activity is not valid', detail: '{reason}' },
  'activity.not-possible': { status: 409, title: 'That cannot be done to the activity', detail: '{reason}' },
  'sync-point.not-found': { status: 404, title: 'No such sync point' },
  'sync-point.invalid': { status: 422, title: 'The sync point is not valid', detail: '{reason}' },
  'sync-point.exists': { status: 409, title: 'There is a sync point with this id already' },
  'sync-point.ended': { status: 409, title: 'The sync point has ended', detail: '{reason}' },
  'sync-point.late-joiner': { status: 409, title: 'The sync point takes no region that comes late' },
  'account.not-found': { status: 422, title: 'No such account', detail: 'There is no account {account}.' },
  'account.disabled': { status: 409, title: 'The account is disabled' },
  'account.last-of-its-kind': {
    status: 409,
    title: 'Nobody else could do this work',
    detail: 'It is the last living account of the role {role}.',
  },
  'account.exists': { status: 409, title: 'There is an account with this id' },
  'waiver.invalid': { status: 422, title: 'The waiver is not valid' },
  'waiver.same-person': { status: 422, title: 'A waiver needs a second person' },
  'draft.not-found': { status: 404, title: 'No such draft' },
  'draft.invalid': {
    status: 422,
    title: 'The rulebook is not valid',
    detail: 'Nothing was saved. Each entry of errors names one fault and where it is.',
  },
  'draft.not-possible': {
    status: 409,
    title: 'Not possible where the draft stands',
    detail: 'The draft is {state}; possibleEvents lists what it understands there.',
  },
  'draft.refused': {
    status: 409,
    title: 'The draft is not ready for that',
    detail: 'In the way: {reasons}.',
  },
  'draft.same-person': {
    status: 403,
    title: 'A second person is needed',
    detail: 'Who has written the content of a draft can neither approve it nor sign for it.',
  },
  'draft.no-common-base': {
    status: 409,
    title: 'The drafts have no base in common',
    detail: 'Two drafts can be merged that were made from the same version of the same rulebook.',
  },
  'draft.clash': {
    status: 409,
    title: 'The drafts contradict each other',
    detail: 'Nothing was merged. Each entry of clashes is to be settled for one of the two.',
  },
  'rulebook.retired': {
    status: 409,
    title: 'The version does not count any more',
    detail: 'The version {version} was retired or has ended.',
  },
  'rulebook.not-in-effect': {
    status: 409,
    title: 'The version is not in effect yet',
    detail: 'The version {version} takes effect on {effectiveFrom}.',
  },
  'rulebook.last-version': {
    status: 409,
    title: 'No other version would count',
    detail: 'Publish another version first: without this one no cycle could enter a stage.',
  },
  'rulebook.counts-already': { status: 409, title: 'This version is the one that counts' },
  'rulebook.not-for-workflow': {
    status: 409,
    title: 'The version does not fit the workflow',
    detail: 'The workflow of the cycle asks gates that this version does not have.',
  },
  'rulebook.date-invalid': { status: 422, title: 'Not a day for that', detail: '{reason}' },
  'dead-letter.not-found': { status: 404, title: 'No dead letter waits under this id' },
  'clock.not-movable': { status: 409, title: 'The clock cannot be moved here' },
  'clock.invalid': {
    status: 422,
    title: 'The clock cannot be moved there',
    detail: 'The clock stays between {earliest} and {latest}.',
  },

  'definition.unreadable': INTERNAL,
  'definition.invalid': INTERNAL,
  'definition.not-found': { status: 404, title: 'No such version' },
  'definition.hash-mismatch': INTERNAL,
  'evaluators.disagree': INTERNAL,
  'calendar.out-of-range': { status: 422, title: 'The date lies outside the calendar' },
  'calendar.not-found': { status: 404, title: 'No such calendar' },

  'settings.invalid': INTERNAL,
  'database.unreachable': UNAVAILABLE,
  'database.full': {
    status: 503,
    title: 'The database has no room left',
    detail: 'Nothing was changed. Try again when its administrator has made room.',
  },
  'queue.unreachable': UNAVAILABLE,
  'notice.template-unknown': INTERNAL,
  'notice.param-missing': INTERNAL,
  'mail.rejected': INTERNAL,
  'mail.unavailable': UNAVAILABLE,
  'effect.unknown': INTERNAL,
  'effect.invalid': INTERNAL,
  internal: INTERNAL,
};
