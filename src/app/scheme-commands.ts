import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parseCalendarDate, type CalendarDate } from '../core/calendar/calendar-date.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { DomainError } from '../core/terms/domain-error.js';
import { parseInstant, type Instant } from '../core/terms/instant.js';
import { schemaProblems } from '../core/terms/schema-problems.js';
import { readForecast } from '../engine/forecast/read-forecast.js';
import { forkScheme } from '../engine/forks/fork-scheme.js';
import type { ForkWish } from '../engine/forks/fork-wish.js';
import { forkWishFrom, forkWishSchema } from '../http/schemas/fork.js';
import { forecastLines } from './forecast-lines.js';
import { forkLines } from './fork-lines.js';
import { onRuntime } from './on-runtime.js';

const context = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;
const JSON_INDENT = 2;

interface ForecastOptions {
  readonly at?: string;
  readonly by?: string;
  readonly seed?: string;
  readonly json?: true;
}

interface ForkOptions {
  readonly with: string;
  readonly until: string;
  readonly keep?: true;
  readonly json?: true;
}

/** What can be asked of a scheme as a whole from the command line: what lies ahead, and what if. */
export function addSchemeCommands(program: Command): void {
  const scheme = program.command('scheme').description('what lies ahead of a scheme');
  scheme
    .command('forecast <scheme>')
    .description('when each sync point will be released, with which probability, and on whom it hangs')
    .option('--at <instant>', 'look ahead from this instant, by what was known then')
    .option('--by <date>', 'say the probability for this day')
    .option('--seed <number>', 'the luck; the same seed and moment give the same answer')
    .option('--json', 'one JSON object instead of a table')
    .action((id: string, options: ForecastOptions) =>
      onRuntime(async ({ engine }) => {
        const { at, by, seed } = options;
        const forecast = await readForecast(engine, {
          scheme: id,
          at: at === undefined ? null : instantOf(at),
          by: by === undefined ? null : dayOf(by),
          seed: seed === undefined ? null : Number.parseInt(seed, 10),
        });
        say(options.json === true ? json(forecast) : forecastLines(forecast));
      }),
    );
  scheme
    .command('fork <scheme>')
    .description('play it forward with and without hypotheses, and say where the two differ')
    .requiredOption('--with <file>', 'hypotheses as JSON: facts, events, deadlines, draft, pace, at')
    .requiredOption('--until <date>', 'the last day that is played')
    .option('--keep', 'leave the schemas of both runs in the database for a day')
    .option('--json', 'one JSON object instead of text')
    .action((id: string, options: ForkOptions) =>
      onRuntime(async ({ engine }) => {
        const wish = readWish(id, options);
        const comparison = await forkScheme(engine, { ...context, wish });
        say(options.json === true ? json(comparison) : forkLines(comparison));
      }),
    );
}

/** @throws DomainError `definition.unreadable`, or `definition.invalid` with every fault of the file and its pointer */
function readWish(scheme: string, { with: file, until, keep }: ForkOptions): ForkWish {
  const document = readDocument(file);
  const wish: unknown =
    typeof document === 'object' && document !== null && !Array.isArray(document)
      ? { ...document, until, ...(keep === undefined ? {} : { keep }) }
      : document;
  const parsed = forkWishSchema.safeParse(wish);
  if (parsed.success) return forkWishFrom(scheme, parsed.data);
  const problems = schemaProblems(parsed.error, wish).map((problem) => ({ file, ...problem }));
  throw new DomainError('definition.invalid', { problems });
}

function readDocument(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DomainError('definition.unreadable', { file, reason: String(error) });
  }
}

function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`not an instant: ${text}`);
  return instant;
}

function dayOf(text: string): CalendarDate {
  const day = parseCalendarDate(text);
  if (day === null) throw new Error(`not a day: ${text}`);
  return day;
}

function say(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

function json(value: unknown): readonly string[] {
  return [JSON.stringify(value, null, JSON_INDENT)];
}
