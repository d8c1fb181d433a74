import type { DetailOf, EventOf, RehearsedFact, RehearsedTask } from './rehearsal-event.js';
import { tellName, tellRole, tellValue } from './tell-value.js';
import { ASSUMED_MARK, headOf, layOut, noteText, regionText } from './timeline-layout.js';

/** What was recorded, and the tasks that opened and ended. */
export function renderWork(event: EventOf<'facts' | 'task-opened' | 'task-ended'>): readonly string[] {
  switch (event.type) {
    case 'facts':
      return layOut(headOf(event.on, event.regions, 'FACTS'), [
        [...regionText(event.regions), ...factTexts(event.facts)].join(' '),
        ...noteText(event.note),
        ...factNotes(event.facts),
      ]);
    case 'task-opened':
      return layOut(headOf(event.on, [event.region], 'TASKS'), taskTexts(event));
    case 'task-ended': {
      const names = event.tasks.map(({ id, label }) => (id.includes('/') ? `facts for "${label}"` : id));
      const isOwn = !event.byItself;
      const [only] = event.tasks;
      const label = isOwn && event.tasks.length === 1 && only !== undefined ? ` ${only.label}` : '';
      return layOut(
        { ...headOf(event.on, event.regions, event.end === 'done' ? 'DONE' : 'CANCELLED'), isAssumed: isOwn },
        [[...regionText(event.regions), `${names.join(', ')}${label}`].join(' '), ...noteText(event.note)],
      );
    }
  }
}

function taskTexts({ tasks }: DetailOf<'task-opened'>): readonly string[] {
  const steps = tasks.filter(({ kind }) => kind === 'sub-step');
  const others = tasks.filter(({ kind }) => kind !== 'sub-step');
  return [
    ...(steps.length === 0 ? [] : [stepsText(steps)]),
    ...others.map(({ kind, reference, label, owner, dueOn }) => {
      const due = dueOn === null ? '' : `, due ${dueOn}`;
      return kind === 'provide-facts'
        ? `opened for ${tellRole(owner)}: provide facts for "${label}"`
        : `opened for ${tellRole(owner)}: ${reference} ${label}${due}`;
    }),
  ];
}

function stepsText(steps: readonly RehearsedTask[]): string {
  const days = steps.flatMap(({ dueOn }) => dueOn ?? []).toSorted();
  const names = steps.map(({ reference }) => reference).join(' ');
  return `opened: ${names}${days.length === 0 ? '' : `, due ${days[0]} to ${days.at(-1)}`}`;
}

function factTexts(facts: readonly RehearsedFact[]): readonly string[] {
  return facts.map(({ fact, value, precision, origin }, index) => {
    const previous = facts[index - 1];
    const name = tellName(fact, previous?.origin === origin ? previous.fact : undefined);
    return `${origin === 'assumed' ? ASSUMED_MARK : ''}${name}=${tellValue(value, precision)}`;
  });
}

/** A note that stands with several facts is told once. */
function factNotes(facts: readonly RehearsedFact[]): readonly string[] {
  const byNote = Map.groupBy(
    facts.filter(({ note }) => note !== null),
    ({ note }) => note,
  );
  return [...byNote].map(([note, about]) => `(${about.map(({ fact }) => fact).join(', ')}: ${note})`);
}
