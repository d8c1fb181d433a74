import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { DomainError } from '../core/terms/domain-error.js';
import type { Problem } from '../core/terms/problem.js';
import { hashOfDefinition } from './hash-definition.js';
import { readJsonText } from './json-text.js';

/** Largest definition file: 1 MiB. The whole fact catalogue in five languages needs 6 % of it. */
export const DEFINITION_BYTES_MAX = 1_048_576;

/** A fault and the file in which it is, named from its folder on: `rules/region-cycle/1.json`. */
export interface FileProblem extends Problem {
  readonly file: string;
}

/** A file that could be read; nobody has judged yet what it says. */
export interface DefinitionFile {
  readonly file: string;
  /** As the folder (or for a file without versions its own name) says; the content says the same. */
  readonly id: string;
  /** As the file name says; null for a file without versions. */
  readonly version: number | null;
  readonly definition: unknown;
  /** Lower-case hex SHA-256 of the canonical JSON. */
  readonly hash: string;
}

export interface FilesRead {
  readonly files: readonly DefinitionFile[];
  readonly problems: readonly FileProblem[];
}

const VERSION_NAME = /^[1-9]\d{0,8}$/;

/** Reads every `<dir>/<id>/<version>.json`, by id and then by version. What else lies there is passed over. */
export function readVersionedFiles(dir: string): FilesRead {
  const name = basename(dir);
  const entries = listFolder(dir);
  if (entries === null) return { files: [], problems: [unreadable(name, 'the folder cannot be read')] };

  return together(
    entries.flatMap((entry): FilesRead[] => {
      if (entry.isFolder) return readVersions(join(dir, entry.name), `${name}/${entry.name}`);
      if (!isJson(entry.name)) return [];
      return [refused(`${name}/${entry.name}`, 'must lie in a folder named by its id')];
    }),
  );
}

/** Reads every `<dir>/<id>.json`, by id: definitions that have no versions. */
export function readFlatFiles(dir: string): FilesRead {
  const name = basename(dir);
  const entries = listFolder(dir);
  if (entries === null) return { files: [], problems: [unreadable(name, 'the folder cannot be read')] };
  const files = entries.filter((entry) => !entry.isFolder && isJson(entry.name));
  return together(
    files.map((file) => {
      const id = basename(file.name, '.json');
      return readOne(join(dir, file.name), `${name}/${file.name}`, { id, version: null });
    }),
  );
}

/**
 * Ends the loading when there are problems, with all of them.
 *
 * @throws DomainError `definition.unreadable` when at least one file could not be read as JSON, otherwise
 *   `definition.invalid`; details: `problems`, and the first `file`
 */
export function refuseProblems(problems: readonly FileProblem[]): void {
  if (problems.length === 0) return;
  const isUnreadable = problems.find(({ code }) => code === 'definition.unreadable');
  const file = (isUnreadable ?? problems[0])?.file;
  throw new DomainError(isUnreadable ? 'definition.unreadable' : 'definition.invalid', { file, problems });
}

/** Names the file in each problem. */
export function inFile(file: string, problems: readonly Problem[]): FileProblem[] {
  return problems.map((problem) => ({ file, ...problem }));
}

/** @param label the folder as problems name it */
function readVersions(dir: string, label: string): FilesRead[] {
  const entries = listFolder(dir);
  if (entries === null) return [{ files: [], problems: [unreadable(label, 'the folder cannot be read')] }];

  const stems = entries.filter(({ name }) => isJson(name)).map(({ name }) => basename(name, '.json'));
  const misplaced = stems.filter((stem) => !VERSION_NAME.test(stem));
  const versions = stems.filter((stem) => VERSION_NAME.test(stem)).map(Number);
  return [
    ...misplaced.map((stem) =>
      refused(`${label}/${stem}.json`, 'must be named by its version, such as 1.json'),
    ),
    ...versions
      .toSorted((one, other) => one - other)
      .map((version) => {
        const file = `${version}.json`;
        return readOne(join(dir, file), `${label}/${file}`, { id: basename(dir), version });
      }),
  ];
}

/**
 * Reads one file.
 *
 * @param file as problems name it
 * @param named what the name of the file says of its id and version; null: nothing
 */
export function readOne(
  path: string,
  file: string,
  named: { readonly id: string; readonly version: number | null },
): FilesRead {
  const text = readText(path);
  if ('message' in text) return { files: [], problems: [unreadable(file, text.message)] };

  const reading = readJsonText(text.text);
  if ('problem' in reading) return { files: [], problems: [{ file, ...reading.problem }] };

  const definition = reading.value;
  const problems = inFile(file, judgeName(definition, named));
  return { files: [{ file, ...named, definition, hash: hashOfDefinition(definition) }], problems };
}

function readText(path: string): { text: string } | { message: string } {
  try {
    const { size } = statSync(path);
    if (size > DEFINITION_BYTES_MAX) return { message: `${size} bytes, at most ${DEFINITION_BYTES_MAX}` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    // The message of the file system names the path on this machine; the code says as much.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { message: `cannot be read as UTF-8 text: ${code}` };
  }
}

/** What the content says of itself; a missing id or version is left to the schema. */
function judgeName(definition: unknown, named: { id: string; version: number | null }): Problem[] {
  const said: { id?: unknown; version?: unknown } =
    typeof definition === 'object' && definition !== null ? definition : {};
  const differs = (key: 'id' | 'version'): Problem[] => {
    if (named[key] === null || said[key] === undefined || said[key] === named[key]) return [];
    const message = `the file is named ${named[key]}, its ${key} is ${JSON.stringify(said[key])}`;
    return [{ pointer: `/${key}`, code: 'file.name-differs', message }];
  };
  return [...differs('id'), ...differs('version')];
}

/**
 * What lies in a folder, by name, without hidden entries; null: it cannot be read. Links are followed: mounted
 * configuration often consists of them.
 */
export function listFolder(dir: string): { name: string; isFolder: boolean }[] | null {
  try {
    return readdirSync(dir)
      .filter((name) => !name.startsWith('.'))
      .toSorted()
      .map((name) => {
        const found = statSync(join(dir, name), { throwIfNoEntry: false });
        return { name, isFolder: found?.isDirectory() ?? false };
      });
  } catch {
    return null;
  }
}

/** Whether a file is to be read at all. */
export function isJson(name: string): boolean {
  return extname(name) === '.json';
}

function unreadable(file: string, message: string): FileProblem {
  return { file, pointer: '', code: 'definition.unreadable', message };
}

function refused(file: string, message: string): FilesRead {
  return { files: [], problems: [{ file, pointer: '', code: 'file.misplaced', message }] };
}

function together(reads: readonly FilesRead[]): FilesRead {
  return { files: reads.flatMap(({ files }) => files), problems: reads.flatMap(({ problems }) => problems) };
}
