import type { Alignment } from '../core/calls/alignment.js';
import type { ConstraintRef } from '../core/calls/alignment-catalogue.js';
import type { BoundReason } from '../core/calls/binding-constraints.js';
import type { CallPlan } from '../core/calls/call-plan.js';
import type { CallAlignment } from '../engine/calls/align-call.js';

/** What a search for the dates of a call has found, for a reader at the command line. */
export function alignmentLines({ key, from, to, regions, alignment }: CallAlignment): readonly string[] {
  return [`Call ${key}: ${regions.length} regions, dates from ${from} to ${to}`, ...outcomeLines(alignment)];
}

function outcomeLines(alignment: Alignment): readonly string[] {
  switch (alignment.kind) {
    case 'feasible':
      return [
        'There are dates that suit all.',
        ...windowLines(alignment.windows),
        'The earliest way:',
        ...planLines(alignment.earliest),
        'What binds them:',
        ...alignment.bounds.map(boundLine),
      ];
    case 'moves':
      return [
        'No dates suit all as things stand. In the way of each other:',
        ...names(alignment.conflict),
        `The smallest moves that make some, ${alignment.cost} days as they count:`,
        ...alignment.moves.map(({ name, days }) => `  ${name}  ${signed(days)}`),
        ...windowLines(alignment.windows),
        'The earliest way then:',
        ...planLines(alignment.earliest),
      ];
    case 'none':
      return [
        alignment.reason === 'locked'
          ? 'No dates suit all, however far everything moves that may. In the way of each other:'
          : 'No dates suit all. In the way of each other, and each way out fails elsewhere:',
        ...names(alignment.conflict),
      ];
    case 'undecided':
      return [
        'The search reached its limit. In the way of each other:',
        ...names(alignment.conflict),
        ...(alignment.moves === null
          ? []
          : [
              'Moves that help, though fewer may do:',
              ...alignment.moves.map(({ name, days }) => `  ${name}  ${signed(days)}`),
            ]),
      ];
  }
}

function windowLines(windows: Extract<Alignment, { kind: 'feasible' }>['windows']): readonly string[] {
  const ranges = (list: readonly { readonly from: string; readonly to: string }[]): string =>
    list.map((range) => (range.from === range.to ? range.from : `${range.from} to ${range.to}`)).join(', ');
  return [
    `  opening    ${ranges(windows.opening)}`,
    `  deadline   ${ranges(windows.deadline)}`,
    `  ranking    ${ranges(windows.ranking)}`,
    ...windows.decisions.map((decision) => `  decision   ${decision.region}: ${ranges(decision.ranges)}`),
    `  start      ${ranges(windows.start)}`,
  ];
}

function planLines(plan: CallPlan): readonly string[] {
  return [
    `  text final ${plan.textFinalOn}, opening ${plan.opensOn}, deadline ${plan.closesOn}, ranking ${plan.rankedOn}, start ${plan.startsOn}`,
    ...plan.regions.map(
      ({ region, localClosesOn, decidesOn }) =>
        `  ${region}: local deadline ${localClosesOn}, decision ${decidesOn}`,
    ),
  ];
}

function boundLine({ step, region, end, on, binding }: BoundReason): string {
  const what = `  ${end} ${step}${region === null ? '' : ` of ${region}`}: ${on}`;
  const [first] = binding;
  if (first === undefined) return `${what}, bound by the first or the last day of the search`;
  const by = first.constraints.map(({ name }) => name).join(' with ');
  return `${what}, bound by ${by} (without: ${first.wouldBe})`;
}

function names(constraints: readonly ConstraintRef[]): readonly string[] {
  return constraints.map(({ name, kind }) => `  ${name}  (${kind})`);
}

function signed(days: number): string {
  return `${days > 0 ? '+' : ''}${days} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
}
