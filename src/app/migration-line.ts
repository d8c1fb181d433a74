/** What an operation foresees for one cycle, or what came of it, as its item keeps it. */
export interface MigrationResult {
  readonly result?: string;
  readonly code?: string;
  readonly words?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * One line for one cycle: its region and id, what is to happen or has happened, where it stands after that, and the
 * gates, tasks and timers that change.
 *
 * @param isPlan whether nothing has happened yet
 */
export function migrationLine(
  cycle: { readonly region: string; readonly id: string },
  { result = 'waiting', code = '', words = null, details = {} }: MigrationResult,
  isPlan: boolean,
): string {
  const verb = isPlan && result === 'done' ? 'can move' : result;
  const parts = [cycle.region.padEnd(5), cycle.id, verb, ...(result === 'done' ? [] : [code])];
  if (words !== null && words !== '') parts.push(words);
  parts.push(...wayOf(details), ...changesOf(details));
  return parts.filter((part) => part !== '').join('  ');
}

function wayOf({ from, to }: Entry): string[] {
  const [before, after] = [from, to] as (Entry | undefined)[];
  if (before === undefined || after === undefined) return [];
  return [
    `${text(before['stage'])} ${text(before['version'])} -> ${text(after['stage'])} ${text(after['version'])}`,
  ];
}

function changesOf(details: Entry): string[] {
  const list = (of: unknown): readonly Entry[] => (Array.isArray(of) ? (of as readonly Entry[]) : []);
  const [tasks, timers] = [details['tasks'] ?? {}, details['timers'] ?? {}] as Entry[];
  return [
    ...list(details['gates']).map(
      (gate) => `gate ${text(gate['way'])}: ${answer(gate['from'])} -> ${answer(gate['to'])}`,
    ),
    ...list(tasks?.['appearing']).map((task) => `+ task ${text(task['reference'])}`),
    ...list(tasks?.['vanishing']).map((task) => `- task ${text(task['reference'])}`),
    ...list(tasks?.['renamed']).map((task) => `task ${text(task['from'])} becomes ${text(task['to'])}`),
    ...list(timers?.['appearing']).map(
      (timer) => `+ timer ${text(timer['name'])} due ${text(timer['dueAt'])}`,
    ),
    ...list(timers?.['vanishing']).map((timer) => `- timer ${text(timer['name'])}`),
    ...list(timers?.['moved']).map((timer) => movedLine(timer as { from?: Entry; to?: Entry })),
  ];
}

function movedLine({ from = {}, to = {} }: { readonly from?: Entry; readonly to?: Entry }): string {
  return `timer ${text(to['name'])}: due ${text(from['dueAt'])} -> ${text(to['dueAt'])}`;
}

function answer(gate: unknown): string {
  return gate === null || gate === undefined ? 'no gate' : text((gate as Entry)['verdict']);
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}
