import { runTestCases } from '../../core/gates/run-test-cases.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { TestReport } from '../../core/rulebooks/reports.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import type { EngineDeps } from '../engine-deps.js';
import { workshopOf } from '../workshop.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { compileStored } from './rulebook-of.js';

/** Mismatches that a report keeps; who has this many starts with the first. */
const MISMATCHES_KEPT_MAX = 200;

/**
 * Runs the test cases that a draft carries, in the calendars of one region, and measures how much of the rules they
 * cover. The answer has the report; the draft is `tested` only if none failed and the coverage is enough.
 *
 * @param command.calendar null: the first one of the installation, by id
 * @throws DomainError `request.invalid` for a calendar that is not installed; those of `changeDraft`
 */
export async function testDraft(
  deps: EngineDeps,
  command: DraftCommand & {
    readonly calendar: string | null;
    readonly neighbourCalendars: readonly string[];
  },
): Promise<DraftView> {
  const calendar = calendarNamed(deps, command.calendar ?? firstCalendar(deps), '/calendar');
  const neighbours = command.neighbourCalendars.map((id, i) =>
    calendarNamed(deps, id, `/neighbourCalendars/${i}`),
  );
  return changeDraft(deps, command, (_tx, now, draft) => {
    const rulebook = compileStored(deps, draft);
    const found = runTestCases(rulebook, calendar, neighbours);
    const report: TestReport = {
      ranAt: now,
      ranBy: command.actor.id,
      calendar: calendar.id,
      neighbourCalendars: neighbours.map(({ id }) => id),
      cases: rulebook.testCases.length,
      failing: new Set(found.map(({ testCase }) => testCase)).size,
      mismatches: found.slice(0, MISMATCHES_KEPT_MAX),
      coverage: measure(deps, rulebook),
    };
    const { failing, coverage } = report;
    return {
      event: 'test',
      facts: { tests: { failing, coverage: coverage.ratio } },
      // A report that leads back to `draft` takes the approval with it.
      changes: ({ value }) => ({
        report,
        ...(value === 'draft' ? { approvedBy: null, approvedAt: null } : {}),
      }),
      log: { kind: 'tested', details: { cases: report.cases, failing, coverage: coverage.ratio } },
    };
  });
}

function measure(deps: EngineDeps, rulebook: Rulebook): TestReport['coverage'] {
  const { coverage, coverageMin: min } = workshopOf(deps);
  if (coverage === undefined) return { ratio: 1, missing: [], notMeasured: true, min };
  const { ratio, missing } = coverage(rulebook);
  return { ratio, missing, notMeasured: false, min };
}

function firstCalendar(deps: EngineDeps): string {
  return [...deps.catalog.calendars.keys()].toSorted()[0] ?? '';
}

function calendarNamed(deps: EngineDeps, id: string, pointer: string): WorkingCalendar {
  const calendar = deps.catalog.calendars.get(id);
  if (calendar === undefined) throw new DomainError('request.invalid', { pointer, calendar: id });
  return calendar;
}
