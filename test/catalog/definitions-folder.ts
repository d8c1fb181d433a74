import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/catalog/load-catalog.js';
import type { FileProblem } from '../../src/catalog/definition-files.js';
import type { Catalog } from '../../src/catalog/catalog.js';
import { NOTICE_TEMPLATES } from '../../src/notices/notice-templates.js';
import { DomainError } from '../../src/core/terms/domain-error.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every notice that there is: the shipped workflows and schemes name those that they cause. */
export const TEMPLATES: ReadonlySet<string> = new Set(Object.keys(NOTICE_TEMPLATES));

/** Notices of the shipped ladders. */
export const REMINDERS: ReadonlySet<string> = new Set([
  'task.due-soon',
  'task.due',
  'task.overdue',
  'task.escalated',
]);

/** A copy of the shipped definitions in a folder of its own, to be spoiled by a test and removed after it. */
export class DefinitionsFolder {
  readonly dir = mkdtempSync(join(tmpdir(), 'cordata-definitions-'));

  constructor() {
    for (const part of ['rules', 'workflows', 'config']) {
      cpSync(join(ROOT, part), join(this.dir, part), { recursive: true });
    }
  }

  load(): Catalog {
    return loadCatalog({
      rulesDir: join(this.dir, 'rules'),
      workflowsDir: join(this.dir, 'workflows'),
      calendarsDir: join(this.dir, 'config', 'calendars'),
      laddersDir: join(this.dir, 'config', 'ladders'),
      activitiesDir: join(this.dir, 'config', 'activities'),
      noticeTemplates: TEMPLATES,
      reminderTemplates: REMINDERS,
    });
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  remove(path = ''): void {
    rmSync(join(this.dir, path), { recursive: true });
  }

  /** Changes the JSON of a file in place. */
  edit<T = Record<string, unknown>>(path: string, change: (json: T) => void): void {
    const json = JSON.parse(this.read(path)) as T;
    change(json);
    this.write(path, JSON.stringify(json));
  }
}

/** The code with which `load` fails, and each problem as `code file pointer`. */
export function refusalOf(load: () => unknown): { code: string; problems: string[] } {
  try {
    load();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const problems = (error.details['problems'] ?? []) as readonly FileProblem[];
    return {
      code: error.code,
      problems: problems.map((one) => `${one.code} ${one.file} ${one.pointer}`.trim()),
    };
  }
  return { code: 'loaded', problems: [] };
}
