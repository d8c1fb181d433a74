import { activityParametersSchema, type ActivityParameters } from '../core/activities/activity-parameters.js';
import { findInvisibleText } from '../core/gates/invisible-text.js';
import { deepFreeze } from '../core/terms/deep-freeze.js';
import { schemaProblems } from '../core/terms/schema-problems.js';
import { inFile, readFlatFiles, type DefinitionFile, type FileProblem } from './definition-files.js';

/** The one file that counts. */
const PARAMETERS_ID = 'default';

interface Loaded {
  readonly activities: ActivityParameters | null;
  readonly problems: readonly FileProblem[];
}

/** Reads and judges `<dir>/default.json`: by what candidates for activities are found. */
export function loadActivities(dir: string): Loaded {
  const read = readFlatFiles(dir);
  const judged = read.files.map(judgeFile);
  const [activities = null] = judged.flatMap((one) => one.activities ?? []);
  const problems = [...read.problems, ...judged.flatMap((one) => one.problems)];
  if (problems.length > 0 || activities !== null) return { activities, problems };
  const none = { pointer: '', code: 'definition.none', message: `there is no ${PARAMETERS_ID}.json` };
  return { activities, problems: inFile('activities', [none]) };
}

function judgeFile({ file, id, definition }: DefinitionFile): Loaded {
  if (id !== PARAMETERS_ID) {
    const message = `only ${PARAMETERS_ID}.json counts`;
    return { activities: null, problems: inFile(file, [{ pointer: '', code: 'file.misplaced', message }]) };
  }
  const parsed = activityParametersSchema.safeParse(definition);
  if (!parsed.success) {
    return { activities: null, problems: inFile(file, schemaProblems(parsed.error, definition)) };
  }
  return { activities: deepFreeze(parsed.data), problems: inFile(file, findInvisibleText(definition)) };
}
