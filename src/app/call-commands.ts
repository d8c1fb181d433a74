import type { Command } from 'commander';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { alignCall } from '../engine/calls/align-call.js';
import { alignmentLines } from './alignment-lines.js';
import { onRuntime } from './on-runtime.js';

/** What can be asked of joint calls from the command line. */
export function addCallCommands(program: Command): void {
  program
    .command('calls')
    .description('the joint calls of a scheme')
    .command('align')
    .description('dates that suit all regions and what binds them, or the smallest moves that make some')
    .argument('<key>', 'of the call')
    .option('--scheme <id>', 'needed where several schemes have a call of this key')
    .option('--json', 'as the engine says it')
    .action((key: string, options: { readonly scheme?: string; readonly json?: true }) =>
      onRuntime(async ({ engine }) => {
        const found = await alignCall(engine, { actor: SYSTEM_ACTOR, scheme: options.scheme ?? null, key });
        if (options.json === true) console.log(JSON.stringify(found, null, 2));
        else for (const line of alignmentLines(found)) console.log(line);
      }),
    );
}
