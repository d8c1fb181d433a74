import { Option, type Command } from 'commander';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { verifyCycles, type VerificationReport } from '../engine/history/verify-cycles.js';
import { onRuntime } from './on-runtime.js';

/** Cycles after which the progress is told. */
const TELL_EVERY_CYCLES = 100;

/** What can be asked of cycles from the command line. */
export function addCycleCommands(program: Command): void {
  program
    .command('cycles')
    .description('the cycles of the regions')
    .command('verify')
    .description(
      'rebuild cycles from their journal and compare; exit code 1 if one is not as it was recorded',
    )
    .addOption(new Option('--all', 'every cycle').conflicts('cycle'))
    .option('--cycle <id>', 'one cycle')
    .action((options: { readonly all?: true; readonly cycle?: string }) =>
      onRuntime(async ({ engine }) => {
        if (options.all === undefined && options.cycle === undefined) {
          throw new Error('say which: --all, or --cycle <id>');
        }
        const query = { actor: SYSTEM_ACTOR, cycleId: options.cycle ?? null };
        const report = await verifyCycles(engine, query, (done) => {
          if (done % TELL_EVERY_CYCLES === 0) console.error(`${done} cycles`);
        });
        for (const line of verificationLines(report)) console.log(line);
        if (report.differing > 0) process.exitCode = 1;
      }),
    );
}

function verificationLines({ cycles, differing, faults }: VerificationReport): readonly string[] {
  return [
    ...faults.map(
      ({ cycleId, kind, sequence, what }) =>
        `cycle ${cycleId}${sequence === null ? '' : ` #${sequence}`}  ${kind}: ${what}`,
    ),
    `${cycles} cycles rebuilt, ${differing} not as they were recorded`,
  ];
}
