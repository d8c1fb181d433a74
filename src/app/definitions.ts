import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { loadCatalog } from '../catalog/load-catalog.js';
import { loadProblemTexts } from '../catalog/load-problem-texts.js';
import { loadSchemes } from '../catalog/load-schemes.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { DomainError } from '../core/terms/domain-error.js';
import { LANGUAGES, type Language } from '../core/terms/language.js';
import { REMINDER_PARAMS } from '../core/terms/ladder.js';
import type { ProblemTexts } from '../core/terms/problem-texts.js';
import { NOTICE_TEMPLATES, type NoticeTemplate } from '../notices/notice-templates.js';
import { parseNoticeTexts } from '../notices/notice-texts.js';
import { makeNoticeRenderer, type NoticeRenderer } from '../notices/render-notice.js';
import type { ProjectPaths } from '../settings/settings.js';

/** Everything that is data and was judged at the door. */
export interface Definitions {
  readonly catalog: Catalog;
  readonly schemes: readonly SchemeDefinition[];
  readonly render: NoticeRenderer;
  readonly problemTexts: ProblemTexts;
}

/**
 * Reads and judges workflows, rules, calendars, ladders, schemes and texts.
 *
 * @throws DomainError `definition.unreadable` or `definition.invalid` with every problem, its file and pointer
 */
export function loadDefinitions(paths: ProjectPaths): Definitions {
  const noticeTemplates = new Set(Object.keys(NOTICE_TEMPLATES));
  const reminderTemplates = templatesFrom(REMINDER_PARAMS);
  const catalog = loadCatalog({
    rulesDir: paths.rules,
    workflowsDir: paths.workflows,
    calendarsDir: paths.calendars,
    laddersDir: paths.ladders,
    activitiesDir: paths.activities,
    noticeTemplates,
    reminderTemplates,
  });
  return {
    catalog,
    schemes: loadSchemes(paths.schemes, catalog, noticeTemplates),
    render: makeNoticeRenderer(parseNoticeTexts(readTexts(paths.texts))),
    problemTexts: loadProblemTexts(join(paths.texts, 'problems')),
  };
}

/** The notices that can be written from these parameters. */
function templatesFrom(params: readonly string[]): ReadonlySet<string> {
  return new Set(
    Object.entries<NoticeTemplate>(NOTICE_TEMPLATES)
      .filter(([, template]) => template.params.every((param) => params.includes(param)))
      .map(([name]) => name),
  );
}

function readTexts(dir: string): Readonly<Record<Language, unknown>> {
  const texts = LANGUAGES.map((language) => {
    const file = join(dir, `${language}.json`);
    try {
      return [language, JSON.parse(readFileSync(file, 'utf8'))] as const;
    } catch (error) {
      throw new DomainError('definition.unreadable', { file, reason: String(error) });
    }
  });
  return Object.fromEntries(texts) as Record<Language, unknown>;
}
