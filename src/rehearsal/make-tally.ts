import type { RehearsalCounts, RehearsalEvent } from './rehearsal-event.js';

/** Counts what happens in a rehearsal, and remembers when each region entered which state. */
export interface RehearsalTally {
  add(event: RehearsalEvent): void;
  counts(): RehearsalCounts;
  /** Days of the first entries by state, and the day of the last one of all. */
  entriesOf(region: string): {
    readonly enteredOn: Readonly<Record<string, string>>;
    readonly since: string;
  };
}

const OPENING = ['pass', 'conditional', 'waived'] as const;
type Opening = (typeof OPENING)[number];

export function makeTally(): RehearsalTally {
  const count = {
    events: 0,
    eventsEntered: 0,
    factsSourced: 0,
    factsAssumed: 0,
    gatesAsked: 0,
    refusals: 0,
    waivers: 0,
    opensWithWarnings: 0,
    tasksOpened: 0,
    notices: 0,
    reminders: 0,
    syncReleases: 0,
  };
  const gatesOpened: Record<Opening, number> = { pass: 0, conditional: 0, waived: 0 };
  const entries = new Map<string, { enteredOn: Record<string, string>; since: string }>();

  const add = (event: RehearsalEvent): void => {
    switch (event.type) {
      case 'context':
        count.events += 1;
        if (event.isEntered) count.eventsEntered += 1;
        return;
      case 'facts':
        for (const { origin } of event.facts) {
          count[origin === 'sourced' ? 'factsSourced' : 'factsAssumed'] += event.regions.length;
        }
        return;
      case 'verdict': {
        count.gatesAsked += 1;
        const opening = OPENING.find((word) => word === event.verdict);
        if (opening === undefined) return;
        gatesOpened[opening] += 1;
        if (event.warnings.length > 0) count.opensWithWarnings += 1;
        return;
      }
      case 'refused':
        count.refusals += 1;
        return;
      case 'waived':
        count.waivers += 1;
        return;
      case 'moved':
        if (event.from.id === event.to.id) return;
        entries.set(event.region, {
          enteredOn: { [event.to.id]: event.on, ...entries.get(event.region)?.enteredOn },
          since: event.on,
        });
        return;
      case 'task-opened':
        count.tasksOpened += event.tasks.length;
        return;
      case 'notice':
        count.notices += event.to.length;
        return;
      case 'reminder':
        count.reminders += event.regions.length * event.tasks.length;
        count.notices += event.to.length;
        return;
      case 'sync-released':
        count.syncReleases += 1;
        return;
      default:
        return;
    }
  };
  return {
    add,
    counts: () => ({ ...count, gatesOpened: { ...gatesOpened } }),
    entriesOf: (region) => entries.get(region) ?? { enteredOn: {}, since: '' },
  };
}
