import type { EventOf, RegionOutcome, RehearsalCounts } from './rehearsal-event.js';
import { tellMissing } from './tell-value.js';
import { ASSUMED_MARK, TIMELINE_WIDTH, wrap } from './timeline-layout.js';

const CODE_WIDTH = 6;
const NAME_WIDTH = 19;
const DATE_WIDTH = 15;

/** The table of the regions and the days on which they entered their stages, what holds them, and the legend. */
export function renderSummary({ on, states, outcomes, counts }: EventOf<'finished'>): readonly string[] {
  const stages = states.filter(({ id }) => outcomes.some(({ enteredOn }) => enteredOn[id] !== undefined));
  return [
    '',
    `Where the regions stand on ${on} (days of the first entry)`,
    '',
    // A stage has one word or two; each on a line of its own.
    ...[0, 1].map((line) =>
      row(
        '',
        '',
        stages.map(({ label }) => label.split(' ')[line] ?? ''),
      ),
    ),
    ...outcomes.map(({ region, name, enteredOn }) =>
      row(
        region,
        name,
        stages.map(({ id }) => enteredOn[id] ?? '-'),
      ),
    ),
    '',
    ...outcomes.flatMap((outcome) => heldLines(outcome)),
    '',
    ...legend(counts),
  ];
}

function row(code: string, name: string, cells: readonly string[]): string {
  const dates = cells.map((cell) => cut(cell, DATE_WIDTH)).join('');
  return `${cut(code, CODE_WIDTH)}${cut(name, NAME_WIDTH)}${dates}`.trimEnd();
}

function heldLines({ region, stage, status, since, held }: RegionOutcome): readonly string[] {
  if (status === 'closed' || status === 'withdrawn') return [];
  const where = `${region} is in ${stage.label} since ${since}${status === 'suspended' ? ' (suspended)' : ''}`;
  if (held === null) return [`${where}.`];
  const reasons = [
    ...(held.failing.length === 0 ? [] : [`broken: ${held.failing.join(', ')}`]),
    ...tellMissing(held.missing),
  ];
  return wrap(`${where}; "${held.gate}": ${held.verdict}; ${reasons.join('; ')}.`, TIMELINE_WIDTH);
}

function legend(counts: RehearsalCounts): readonly string[] {
  const { gatesOpened } = counts;
  const opened = `${gatesOpened.pass} pass, ${gatesOpened.conditional} conditional, ${gatesOpened.waived} waived`;
  return [
    'Legend',
    ...wrap(
      `${ASSUMED_MARK} assumed: nobody has published it. The project left no answers per region, no scores, no lists of ` +
        'participants and no days on which a region changed its stage; every such value, every decision about a ' +
        'gate and every waiver is ours. A fact without the mark follows from a page that --json names.',
      TIMELINE_WIDTH,
    ),
    `Real events          ${counts.events}, of which ${counts.eventsEntered} are entered as facts`,
    `Facts                ${counts.factsSourced} sourced, ${counts.factsAssumed} assumed`,
    `Gates asked          ${counts.gatesAsked}: opened ${opened}; ${counts.refusals} refusals`,
    `Waivers              ${counts.waivers}, each with a reason, a second person and an end date`,
    `Warnings             ${counts.opensWithWarnings} gates opened with at least one`,
    `Tasks and notices    ${counts.tasksOpened} tasks opened, ${counts.notices} notices, ${counts.reminders} reminders`,
    `Sync points released ${counts.syncReleases}`,
  ];
}

function cut(text: string, width: number): string {
  const room = width - 1;
  return (text.length > room ? `${text.slice(0, room - 1)}…` : text).padEnd(width);
}
