import { findInvisibleText } from '../core/gates/invisible-text.js';
import { deepFreeze } from '../core/terms/deep-freeze.js';
import { laddersSchema, type Ladders, type LadderStep } from '../core/terms/ladder.js';
import { pointerOf, type Problem } from '../core/terms/problem.js';
import { schemaProblems } from '../core/terms/schema-problems.js';
import { inFile, readFlatFiles, type DefinitionFile, type FileProblem } from './definition-files.js';

/** The one file that counts. */
const LADDERS_ID = 'default';

/** What a file of ladders may name. */
export interface LadderSurroundings {
  /** Notices that can be written from what a reminder brings. */
  readonly templates: ReadonlySet<string>;
  /** Sub-steps of the workflows; null: not known, so nothing is said of them. */
  readonly references: ReadonlySet<string> | null;
}

/** Reads and judges `<dir>/default.json`: its format, that steps ascend, and that every template can be written. */
export function loadLadders(
  dir: string,
  surroundings: LadderSurroundings,
): { readonly ladders: Ladders | null; readonly problems: readonly FileProblem[] } {
  const read = readFlatFiles(dir);
  const judged = read.files.map((file) => judgeFile(file, surroundings));
  const [ladders = null] = judged.flatMap((one) => one.ladders ?? []);
  const problems = [...read.problems, ...judged.flatMap((one) => one.problems)];
  const isThere = problems.length > 0 || ladders !== null;
  const none = { pointer: '', code: 'definition.none', message: `there is no ${LADDERS_ID}.json` };
  return { ladders, problems: isThere ? problems : inFile('ladders', [none]) };
}

function judgeFile(
  { file, id, definition }: DefinitionFile,
  surroundings: LadderSurroundings,
): { readonly ladders: Ladders | null; readonly problems: readonly FileProblem[] } {
  if (id !== LADDERS_ID) {
    const message = `only ${LADDERS_ID}.json counts`;
    return { ladders: null, problems: inFile(file, [{ pointer: '', code: 'file.misplaced', message }]) };
  }
  const parsed = laddersSchema.safeParse(definition);
  if (!parsed.success) {
    return { ladders: null, problems: inFile(file, schemaProblems(parsed.error, definition)) };
  }
  const problems = [...judgeLadders(parsed.data, surroundings), ...findInvisibleText(definition)];
  return { ladders: deepFreeze(parsed.data), problems: inFile(file, problems) };
}

function judgeLadders(ladders: Ladders, { templates, references }: LadderSurroundings): Problem[] {
  const named = [
    ...Object.entries(ladders.kinds).map(([kind, { steps }]) => ['kinds', kind, steps] as const),
    ...Object.entries(ladders.tasks).map(([task, { steps }]) => ['tasks', task, steps] as const),
  ];
  const strangers = Object.keys(ladders.tasks).filter((task) => references?.has(task) === false);
  return [
    ...strangers.map((task) => ({
      pointer: pointerOf(['tasks', task]),
      code: 'ladder.task-unknown',
      message: `no workflow has a sub-step ${task}`,
    })),
    ...named.flatMap(([part, name, steps]) => judgeSteps(steps, [part, name, 'steps'], templates)),
  ];
}

function judgeSteps(
  steps: readonly LadderStep[],
  path: readonly string[],
  templates: ReadonlySet<string>,
): Problem[] {
  return steps.flatMap(({ workingDays, audience, template }, index): Problem[] => {
    const fault = (key: string, code: string, message: string): Problem => ({
      pointer: pointerOf([...path, index, key]),
      code,
      message,
    });
    const before = steps[index - 1]?.workingDays;
    return [
      ...(before !== undefined && workingDays <= before
        ? [fault('workingDays', 'ladder.not-ascending', `${workingDays} comes after ${before}`)]
        : []),
      ...(new Set(audience).size < audience.length
        ? [fault('audience', 'ladder.audience-twice', 'somebody is named twice')]
        : []),
      ...(templates.has(template)
        ? []
        : [fault('template', 'template.unknown', `a reminder cannot write the notice ${template}`)]),
    ];
  });
}
