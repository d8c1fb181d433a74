import { Command, Option } from 'commander';
import { DomainError } from '../core/terms/domain-error.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { LANGUAGES, type Language } from '../core/terms/language.js';
import { ACCOUNT_ROLES, type AccountRole } from '../core/terms/role.js';
import { createAccount } from '../engine/accounts/create-account.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { readDeadLetters } from '../engine/effects/read-dead-letters.js';
import { retryDeadLetter } from '../engine/effects/retry-dead-letter.js';
import { readSchemes } from '../engine/schemes/read-schemes.js';
import { loadSettings } from '../settings/load-settings.js';
import { SettingsError } from '../settings/settings.js';
import { loadDefinitions } from './definitions.js';
import { describeFailure } from './describe-failure.js';
import { addCallCommands } from './call-commands.js';
import { addCycleCommands } from './cycle-commands.js';
import { addDecisionCommands } from './decision-commands.js';
import { addMigrationCommands } from './migration-commands.js';
import { addDoctorCommand } from './doctor-commands.js';
import { onRuntime } from './on-runtime.js';
import { runDemo } from './run-demo.js';
import { EXIT_CONFIGURATION } from './run-process.js';
import { addSchemeCommands } from './scheme-commands.js';
import { hashToken, makeToken } from './tokens.js';

const DEAD_LETTERS_SHOWN_MAX = 100;
const context = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;

/** Runs one command of the command line; a failure is told in plain lines and ends the process with a code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('cordata').description('Commands beside the running program.');
  program
    .command('demo')
    .description('replay the real 30 months of S3-4AlpClusters on a database of its own')
    .option('--json', 'one JSON object per line instead of text')
    .action((options: { json?: true }) =>
      runDemo(loadSettings(process.env), { json: options.json === true }),
    );
  program
    .command('check')
    .description('judge workflows, rules, calendars, schemes and texts without starting anything')
    .action(checkDefinitions);
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => onRuntime(async () => console.log('the database is up to date')));
  addAccountCommands(program);
  addDeadLetterCommands(program);
  addDecisionCommands(program);
  addMigrationCommands(program);
  addDoctorCommand(program);
  addCycleCommands(program);
  addCallCommands(program);
  addSchemeCommands(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    for (const line of describeFailure(error)) console.error(line);
    process.exitCode = error instanceof SettingsError ? EXIT_CONFIGURATION : 1;
  }
}

function checkDefinitions(): void {
  const { catalog, schemes } = loadDefinitions(loadSettings(process.env).paths);
  const names = (items: readonly { readonly id: string; readonly version: number }[]): string =>
    items.map(({ id, version }) => `${id} ${version}`).join(', ');
  console.log(`workflows   ${names(catalog.workflows)}`);
  console.log(
    `mappings    ${catalog.mappings.map(({ from, to }) => `${from.id} ${from.version} to ${to.version}`).join(', ')}`,
  );
  console.log(`rulebooks   ${names(catalog.rulebooks)}`);
  console.log(`facts       ${names(catalog.factCatalogues)}`);
  console.log(`calendars   ${[...catalog.calendars.keys()].join(', ')}`);
  console.log(`schemes     ${schemes.map(({ id }) => id).join(', ')}`);
  console.log('all definitions are in order');
}

interface AccountOptions {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly region?: string;
  readonly language: Language;
  readonly email: string;
}

function addAccountCommands(program: Command): void {
  program
    .command('accounts')
    .description('people who may log in')
    .command('create')
    .description('add an account and print its token, once')
    .requiredOption('--id <id>', 'unique, never reused')
    .requiredOption('--name <name>')
    .addOption(new Option('--role <role>').choices(ACCOUNT_ROLES).makeOptionMandatory())
    .option('--region <nuts>', 'NUTS code; for an authority, and only for one')
    .addOption(new Option('--language <language>').choices(LANGUAGES).default('en'))
    .requiredOption('--email <address>')
    .action((options: AccountOptions, command: Command) => {
      if ((options.role === 'authority') !== (options.region !== undefined)) {
        command.error('cordata: an authority needs --region, and nobody else may have one');
      }
      return onRuntime(async ({ engine }) => {
        await requireRegion(engine, options);
        const token = makeToken();
        const { id, name, role, region = null, language, email } = options;
        const account = { id, name, role, region, language, email, tokenHash: hashToken(token) };
        await createAccount(engine, { ...context, account });
        console.log(token);
      });
    });
}

/** @throws DomainError `region.not-found` for a region that no scheme has */
async function requireRegion(engine: EngineDeps, { region }: AccountOptions): Promise<void> {
  if (region === undefined) return;
  const known = (await readSchemes(engine)).some(({ regions }) =>
    regions.some(({ nuts }) => nuts === region),
  );
  if (!known) throw new DomainError('region.not-found', { region });
}

function addDeadLetterCommands(program: Command): void {
  const letters = program.command('dead-letters').description('effects that could not be applied');
  letters.command('list').action(() =>
    onRuntime(async ({ engine }) => {
      const found = await readDeadLetters(engine, { actor: SYSTEM_ACTOR, limit: DEAD_LETTERS_SHOWN_MAX });
      for (const letter of found) {
        console.log(`${letter.effectId}  ${letter.type}  ${letter.diedAt}  ${letter.reason}`);
      }
      console.log(`${found.length} dead letters`);
    }),
  );
  letters.command('retry <effectId>').action((effectId: string) =>
    onRuntime(async ({ engine }) => {
      await retryDeadLetter(engine, { ...context, effectId });
      console.log('it will be sent again');
    }),
  );
}
