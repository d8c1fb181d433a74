import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SettingsError, type Mode, type Settings } from './settings.js';

/** The folder of the project: this file stands two folders below it, in `src` and in `dist` alike. */
const PROJECT_DIR = fileURLToPath(new URL('../../', import.meta.url));

const PORT_MAX = 65_535;

function urlOf(protocols: readonly string[]) {
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
}

/** The environment; an empty variable counts as not set. */
const environmentSchema = z.object({
  HOST: z.string().optional(),
  PORT: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0)
    .max(PORT_MAX)
    .optional(),
  DATABASE_URL: urlOf(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:']).optional(),
  SMTP_URL: urlOf(['smtp:', 'smtps:']).optional(),
  CORDATA_MAIL_FROM: z.string().optional(),
  CORDATA_DATA_DIR: z.string().optional(),
  CORDATA_ROLE: z.enum(['all', 'api', 'worker']).optional(),
  CORDATA_MODE: z.enum(['development', 'production']).optional(),
});

/** The files `config/default.json` and `config/<mode>.json`; the second overrides the first. */
const fileSchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(0).max(PORT_MAX),
  dataDir: z.string().min(1),
  mailFrom: z.string().min(1),
  workerConcurrency: z.int().min(1).max(64),
  relayPollMs: z.int().min(10).max(60_000),
  shutdownGraceMs: z.int().min(0).max(600_000),
  schemes: z.array(z.string()),
  rulebookCoverageMin: z.number().min(0).max(1),
});

/**
 * Reads `config/` and the environment. The environment wins over the files.
 *
 * @throws SettingsError naming every variable and every file entry that cannot be used
 */
export function loadSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const variables = parsed.data ?? {};
  const mode: Mode =
    variables.CORDATA_MODE ?? (given['DATABASE_URL'] === undefined ? 'development' : 'production');
  const files = readFiles(mode, faults);
  if (mode === 'production' && given['SMTP_URL'] === undefined) {
    faults.push('SMTP_URL: is needed in production mode: there is no mailbox to keep mails in');
  }
  if (faults.length > 0 || files === null) throw new SettingsError(faults);

  return Object.freeze({
    host: variables.HOST ?? files.host,
    port: variables.PORT ?? files.port,
    databaseUrl: variables.DATABASE_URL ?? null,
    dataDir: resolve(PROJECT_DIR, variables.CORDATA_DATA_DIR ?? files.dataDir),
    redisUrl: variables.REDIS_URL ?? null,
    smtpUrl: variables.SMTP_URL ?? null,
    mailFrom: variables.CORDATA_MAIL_FROM ?? files.mailFrom,
    role: variables.CORDATA_ROLE ?? 'all',
    mode,
    workerConcurrency: files.workerConcurrency,
    relayPollMs: files.relayPollMs,
    shutdownGraceMs: files.shutdownGraceMs,
    schemes: files.schemes,
    rulebookCoverageMin: files.rulebookCoverageMin,
    paths: Object.freeze({
      workflows: join(PROJECT_DIR, 'workflows'),
      rules: join(PROJECT_DIR, 'rules'),
      calendars: join(PROJECT_DIR, 'config', 'calendars'),
      ladders: join(PROJECT_DIR, 'config', 'ladders'),
      activities: join(PROJECT_DIR, 'config', 'activities'),
      schemes: join(PROJECT_DIR, 'config', 'schemes'),
      scenarios: join(PROJECT_DIR, 'config', 'scenarios'),
      texts: join(PROJECT_DIR, 'config', 'texts'),
    }),
  });
}

function readFiles(mode: Mode, faults: string[]): z.infer<typeof fileSchema> | null {
  const names = ['default.json', `${mode}.json`].filter((name) =>
    existsSync(join(PROJECT_DIR, 'config', name)),
  );
  try {
    const merged: unknown = Object.assign(
      {},
      ...names.map((name): unknown => JSON.parse(readFileSync(join(PROJECT_DIR, 'config', name), 'utf8'))),
    );
    const parsed = fileSchema.safeParse(merged);
    if (parsed.success) return parsed.data;
    faults.push(
      ...parsed.error.issues.map(
        (issue) => `config (${names.join(', ')}) ${issue.path.join('.')}: ${issue.message}`,
      ),
    );
  } catch (error) {
    faults.push(`config (${names.join(', ')}): ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}
