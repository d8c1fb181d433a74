import { Option, type Command } from 'commander';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { replayDecisions, type ReplayReport } from '../engine/decisions/replay-decisions.js';
import { backtestRulebook, type BacktestReport } from '../engine/rules/backtest-rulebook.js';
import { compileDraft } from '../engine/rules/compile-draft.js';
import { readRulebook } from '../engine/rules/read-rulebooks.js';
import { onRuntime } from './on-runtime.js';

const tell = (done: number, total: number): void => console.error(`${done} of ${total} decisions`);

/** What can be asked of stored decisions from the command line. */
export function addDecisionCommands(program: Command): void {
  const decisions = program.command('decisions').description('what the gates have decided');
  addBacktest(decisions);
  decisions
    .command('replay')
    .description('work out stored decisions again and compare; exit code 1 if one comes out otherwise')
    .addOption(new Option('--all', 'of every cycle').conflicts('cycle'))
    .option('--cycle <id>', 'of one cycle')
    .action((options: { readonly all?: true; readonly cycle?: string }) =>
      onRuntime(async ({ engine }) => {
        if (options.all === undefined && options.cycle === undefined) {
          throw new Error('say which: --all, or --cycle <id>');
        }
        const report = await replayDecisions(
          engine,
          { actor: SYSTEM_ACTOR, cycleId: options.cycle ?? null },
          tell,
        );
        for (const line of replayLines(report)) console.log(line);
        if (report.differing > 0) process.exitCode = 1;
      }),
    );
}

function replayLines({ decisions, differing, differences }: ReplayReport): readonly string[] {
  return [
    ...differences.map(
      (one) =>
        `${one.decision}  cycle ${one.cycleId} #${one.sequence}  ${one.kind}: ${one.stored} -> ${one.recomputed}`,
    ),
    `${decisions} decisions replayed, ${differing} differences`,
  ];
}

interface BacktestOptions {
  readonly version?: string;
  readonly draft?: string;
}

function addBacktest(decisions: Command): void {
  decisions
    .command('backtest')
    .description('run a rulebook on every stored decision and list those that would have come out otherwise')
    .addOption(new Option('--version <n>', 'a published version').conflicts('draft'))
    .option('--draft <id>', 'a draft')
    .action(({ version, draft }: BacktestOptions) =>
      onRuntime(async ({ engine }) => {
        if (version === undefined && draft === undefined) {
          throw new Error('say which: --version <n>, or --draft <id>');
        }
        const rulebook =
          draft === undefined
            ? await readRulebook(engine, { id: null, version: Number(version) })
            : await compileDraft(engine, { actor: SYSTEM_ACTOR, draftId: draft });
        const report = await engine.database.read((tx) =>
          backtestRulebook(engine, tx, { rulebook, filter: {} }, tell),
        );
        for (const line of backtestLines(report)) console.log(line);
      }),
    );
}

function backtestLines({ decisions, flipped, flips }: BacktestReport): readonly string[] {
  return [
    ...flips.map(
      ({ region, gate, at, before, after, rules }) =>
        `${region}  ${gate}  ${at}  ${before} -> ${after ?? 'no such gate'}  ${rules.map(({ rule }) => rule).join(' ')}`,
    ),
    `${decisions} decisions, ${flipped} would have come out otherwise`,
  ];
}
