import type { DetailOf, Reason } from './rehearsal-event.js';
import { tellMissing, tellRole, tellShortfall } from './tell-value.js';

/** A gate's answer, and a line for everything that does not simply pass. */
export function renderVerdict(event: DetailOf<'verdict'>): readonly string[] {
  const { gate, to, verdict, failing, unknown, missing, conditional, waived, warnings } = event;
  const undecided = unknown.map(({ rule }) => rule).join(', ');
  return [
    `${gate.label}, to ${to.label}: ${verdict.toUpperCase()}`,
    ...failing.map((reason) => `${reason.rule} broken: ${shortfallText(reason)}`),
    ...(undecided === '' ? [] : [`not yet decided: ${undecided}`]),
    ...tellMissing(missing),
    ...conditional.map(
      (reason) =>
        `${reason.rule} on condition: ${shortfallText(reason)}; action of the ${tellRole(reason.owner)} within ` +
        `${reason.dueWithinMonths} months`,
    ),
    ...waived.map((reason) => `${reason.rule} waived`),
    ...warnings.map((reason) =>
      reason.result === 'fail'
        ? `${reason.rule} warning: ${shortfallText(reason)}`
        : `${reason.rule} warning, undecided: ${tellMissing(reason.missing).join('; ')}`,
    ),
  ];
}

function shortfallText({ shortfalls, label }: Reason): string {
  return shortfalls.length === 0 ? label : shortfalls.map((one) => tellShortfall(one)).join('; ');
}
