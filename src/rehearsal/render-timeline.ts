import type { DetailOf, EventOf, NoticeReader, RehearsalEvent } from './rehearsal-event.js';
import { renderSummary } from './render-summary.js';
import { renderVerdict } from './render-verdict.js';
import { renderWork } from './render-work.js';
import { tellRole } from './tell-value.js';
import {
  ASSUMED_MARK,
  headOf,
  layOut,
  noteText,
  regionText,
  TIMELINE_WIDTH,
  wrap,
} from './timeline-layout.js';

/** More readers than this are counted, not named. */
const READERS_NAMED_MAX = 2;

/** The lines that tell one event to a person; English, notices by their subject in the reader's language. */
export function renderTimeline(event: RehearsalEvent): readonly string[] {
  switch (event.type) {
    case 'started':
      return renderStart(event);
    case 'context':
      return renderContext(event);
    case 'finished':
      return renderSummary(event);
    case 'facts':
    case 'task-opened':
    case 'task-ended':
      return renderWork(event);
    case 'notice':
    case 'reminder':
      return renderMessages(event);
    case 'joint':
      return renderJoint(event);
    case 'sync-arrived':
    case 'sync-released':
      return renderSync(event);
    default:
      return renderDecision(event);
  }
}

function renderStart(event: EventOf<'started'>): readonly string[] {
  const regions = event.regions.map(({ id, label }) => `${id} ${label}`).join(', ');
  return [
    event.title,
    '='.repeat(Math.min(event.title.length, TIMELINE_WIDTH)),
    ...wrap(
      `${event.startsOn} to ${event.endsOn}, on a simulated clock. Regions: ${regions}.`,
      TIMELINE_WIDTH,
    ),
    ...wrap(
      `${ASSUMED_MARK} marks what nobody has published: made up so that the rehearsal can go on. EVENT: it happened, ` +
        'and is entered below. CONTEXT: it happened; Cordata has nothing to record. All other lines without a mark ' +
        'are what Cordata answers.',
      TIMELINE_WIDTH,
    ),
    '',
  ];
}

/** A forecast is what Cordata answers; what people do in a rehearsal is assumed unless an event says so. */
function renderJoint(event: EventOf<'joint'>): readonly string[] {
  const { on, about, kind, lines, note } = event;
  const isAssumed = event.event === null && kind !== 'forecast';
  const name = about === null ? [] : [about];
  const [first = '', ...others] = lines;
  return layOut({ on, region: '', kind: kind.toUpperCase(), isAssumed }, [
    [...name, first].join(': '),
    ...others,
    ...noteText(note),
  ]);
}

function renderContext({ event, isEntered }: EventOf<'context'>): readonly string[] {
  const { date, precision } = event;
  const shownDate = { month: `${date.slice(0, 7)}-..`, year: `${date.slice(0, 4)}-..-..` };
  const on = precision === 'month' || precision === 'year' ? shownDate[precision] : date;
  const about = { approximate: ' (day not known exactly)', before: ' (on this day or before)' };
  const doubt = precision === 'approximate' || precision === 'before' ? about[precision] : '';
  return layOut({ on, region: event.region, kind: isEntered ? 'EVENT' : 'CONTEXT', isAssumed: false }, [
    `${event.title}${doubt} [${event.id}]`,
  ]);
}

function renderDecision(
  event: EventOf<'opened' | 'verdict' | 'moved' | 'refused' | 'waived'>,
): readonly string[] {
  const lines = (kind: string, texts: readonly string[]): readonly string[] =>
    layOut({ on: event.on, region: event.region, kind, isAssumed: true }, texts);
  switch (event.type) {
    case 'opened':
      // The first move, which stands in the same transaction, says it all.
      return [];
    case 'verdict':
      return lines('GATE', renderVerdict(event));
    case 'moved':
      return lines('MOVED', [moveText(event), ...noteText(event.note)]);
    case 'refused': {
      const why = event.code === 'gate.refused' ? '' : ` (${event.code})`;
      return lines('REFUSED', [`stays in ${event.stage.label}${why}`, ...noteText(event.note)]);
    }
    case 'waived':
      return lines('WAIVER', [
        `${event.rule.id} until ${event.endsOn}, by ${event.grantedBy}, seconded by ${event.secondedBy}`,
        `"${event.reason}"`,
      ]);
  }
}

function moveText({ event, from, to, verdict, cycle }: DetailOf<'moved'>): string {
  if (event === 'suspend') return `${from.label} suspended`;
  if (event === 'resume') return `${from.label} resumed`;
  const word = verdict === null ? (event === 'advance' ? '' : ` (${event})`) : ` (${verdict})`;
  return `${from.label} -> ${to.label}${word}${cycle > 1 ? `, cycle ${cycle}` : ''}`;
}

function renderMessages(event: EventOf<'notice' | 'reminder'>): readonly string[] {
  if (event.type === 'notice') {
    const head = { on: event.on, region: event.region ?? '', kind: 'NOTICE', isAssumed: false };
    return layOut(head, readerTexts(event.to, event.region === null));
  }
  const { regions, tasks } = event;
  const [only] = tasks;
  const names = tasks.map(({ id, owner }) => `${id} (${tellRole(owner)})`).join(', ');
  const text = tasks.length === 1 && only !== undefined ? `${names} ${only.label}` : names;
  const head = headOf(event.on, regions, 'REMINDER');
  return layOut(head, [[...regionText(regions), `${stepText(event)}: ${text}`].join(' ')]);
}

/** What a step of a ladder says of the due day. */
function stepText({ template, dueOn }: DetailOf<'reminder'>): string {
  switch (template) {
    case 'task.due':
      return 'due today';
    case 'task.due-soon':
      return `due on ${dueOn}`;
    case 'task.escalated':
      return `escalated, due since ${dueOn}`;
    default:
      return `due since ${dueOn}`;
  }
}

/** One subject in the language of the first reader (an authority before an office), or one in each language. */
function readerTexts(readers: readonly NoticeReader[], isForAll: boolean): readonly string[] {
  const groups = [...Map.groupBy(readers, ({ language }) => language).values()];
  if (isForAll) {
    return groups.map((group) => {
      const names =
        group.length > READERS_NAMED_MAX
          ? `${group.length} readers`
          : group.map(({ account }) => account).join(', ');
      return `${group[0]?.language}: "${group[0]?.subject}" to ${names}`;
    });
  }
  const first = readers.find(({ account }) => account.startsWith('authority-')) ?? readers[0];
  if (first === undefined) return [];
  const others = readers.filter((reader) => reader !== first);
  const also = others.map(({ account }) => `, ${account}`).join('');
  return [`${first.language}: "${first.subject}" to ${first.account}${also}`];
}

function renderSync(event: EventOf<'sync-arrived' | 'sync-released'>): readonly string[] {
  const missing = event.missing.length === 0 ? 'nobody' : event.missing.join(' ');
  if (event.type === 'sync-released') {
    const head = { on: event.on, region: '', kind: 'RELEASED', isAssumed: false };
    return layOut(head, [
      `${event.syncPoint.id} ${event.syncPoint.label}`,
      `arrived: ${event.arrived.join(' ')}; missing: ${missing}`,
    ]);
  }
  const { regions, syncPoint, arrived, needed, isReleased } = event;
  const state = isReleased ? `released before, ${arrived} are there now` : `${arrived} of ${needed} needed`;
  return layOut(headOf(event.on, regions, 'SYNC'), [
    `arrives at ${syncPoint.id}: ${state}; still missing: ${missing}`,
  ]);
}
