import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { checkFactValue } from '../../core/facts/check-fact-value.js';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { FactScalar } from '../../core/facts/fact-value.js';
import type { Actor } from '../../core/terms/actor.js';
import type { CycleSubject } from '../../core/terms/cycle-subject.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { ErrorCode } from '../../core/terms/error-code.js';
import { pointerTo } from '../../core/terms/problem.js';
import type { FactEntry } from './fact-entry.js';
import { mayRecord } from './may-record.js';

/** A fault of one entry, with a JSON pointer into the request. */
export interface FactFault {
  readonly pointer: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** An entry that fits the catalogue; null takes the fact back. */
export interface CheckedEntry extends FactEntry {
  readonly value: FactScalar | null;
}

/** What a report is judged by. */
export interface FactReport {
  readonly catalogue: FactCatalogue;
  readonly actor: Actor;
  readonly today: CalendarDate;
  readonly base: string;
  /** Of the cycle; absent: a region. */
  readonly subject?: CycleSubject;
  readonly only?: readonly string[];
}

/**
 * Checks every entry of a report, and refuses the whole report if one of them is wrong.
 *
 * @param request.base JSON pointer of the list of entries in the request
 * @param request.only names of the facts that may be reported here; absent: every one
 * @throws DomainError with the code of the first fault and all `errors`: `fact.unknown`, `fact.wrong-type`,
 *   `fact.out-of-range`, `fact.invalid-date`, `fact.precision-not-applicable`, `fact.not-recordable` (Cordata
 *   derives it, another role answers for it, or it has no place here), `fact.duplicate`, `date.in-the-future`
 */
export function checkFactEntries(
  entries: readonly FactEntry[],
  request: FactReport,
): readonly CheckedEntry[] {
  const seen = new Set<string>();
  const faults: FactFault[] = [];
  const checked = entries.map((entry, index): CheckedEntry => {
    const pointer = pointerTo(request.base, index);
    if (seen.has(entry.fact)) {
      faults.push({
        pointer: `${pointer}/fact`,
        code: 'fact.duplicate',
        detail: `${entry.fact} is reported twice`,
      });
    }
    seen.add(entry.fact);
    const outcome = checkEntry(entry, pointer, request);
    if ('code' in outcome) faults.push(outcome);
    return { ...entry, value: 'code' in outcome ? null : outcome.value };
  });
  const [first] = faults;
  if (first !== undefined) throw new DomainError(first.code, { errors: faults });
  return checked;
}

function checkEntry(
  entry: FactEntry,
  pointer: string,
  request: FactReport,
): FactFault | { readonly value: FactScalar | null } {
  const definition = request.catalogue.get(entry.fact);
  if (definition === undefined) {
    return { pointer: `${pointer}/fact`, code: 'fact.unknown', detail: `no fact is called ${entry.fact}` };
  }
  if (!mayRecord(request.actor, definition, request.subject)) {
    return {
      pointer: `${pointer}/fact`,
      code: 'fact.not-recordable',
      detail: `${entry.fact} is filled by ${definition.owner}`,
    };
  }
  if (request.only !== undefined && !request.only.includes(entry.fact)) {
    return {
      pointer: `${pointer}/fact`,
      code: 'fact.not-recordable',
      detail: `${entry.fact} is no fact of this task`,
    };
  }
  if (entry.observedOn !== null && entry.observedOn > request.today) {
    return {
      pointer: `${pointer}/observedOn`,
      code: 'date.in-the-future',
      detail: `${entry.observedOn} is not yet`,
    };
  }
  if (entry.value === null) return { value: null };
  const outcome = checkFactValue(definition, entry.value, entry.precision);
  if ('problem' in outcome) {
    const at = outcome.problem.code === 'fact.precision-not-applicable' ? 'precision' : 'value';
    return { pointer: `${pointer}/${at}`, code: outcome.problem.code, detail: outcome.problem.message };
  }
  return { value: outcome.ok };
}
