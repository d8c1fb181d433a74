import { basename, join } from 'node:path';
import { isJson, listFolder, readOne, type FileProblem, type FilesRead } from './definition-files.js';

/** The folder beside the versions of a workflow in which its mappings lie. */
export const MIGRATIONS_FOLDER = 'migrations';

const MAPPING_NAME = /^([1-9]\d{0,8})-to-([1-9]\d{0,8})$/;

/**
 * Reads every `<dir>/<id>/migrations/<from>-to-<to>.json`, by id and then by name: how cycles go from one version of a
 * workflow to another. A workflow without the folder has none. What the names of the files say is the judge's to look
 * at (`judgeMappingFile`).
 */
export function readMappingFiles(dir: string): FilesRead {
  const label = basename(dir);
  const reads = (listFolder(dir) ?? [])
    .filter(({ isFolder }) => isFolder)
    .flatMap(({ name }) =>
      (listFolder(join(dir, name, MIGRATIONS_FOLDER)) ?? [])
        .filter((entry) => !entry.isFolder && isJson(entry.name))
        .map((entry): FilesRead => {
          const file = `${label}/${name}/${MIGRATIONS_FOLDER}/${entry.name}`;
          const path = join(dir, name, MIGRATIONS_FOLDER, entry.name);
          if (versionsOf(entry.name) === null) return { files: [], problems: [misnamed(file)] };
          return readOne(path, file, { id: name, version: null });
        }),
    );
  return {
    files: reads.flatMap(({ files }) => files),
    problems: reads.flatMap(({ problems }) => problems),
  };
}

/** The versions between which a mapping leads, as the name of its file says; null for another name. */
export function versionsOf(file: string): { readonly from: number; readonly to: number } | null {
  const [, from, to] = MAPPING_NAME.exec(basename(file, '.json')) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}

function misnamed(file: string): FileProblem {
  return { file, pointer: '', code: 'file.misplaced', message: 'must be named such as 1-to-2.json' };
}
