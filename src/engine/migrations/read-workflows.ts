import { listPins } from '../../store/cycle-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** One version of a workflow: that is installed, by which cycles live, or both. */
export interface WorkflowVersion {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  /** False: cycles are pinned to it, and this program does not have it, or has it with another content. */
  readonly isInstalled: boolean;
  /** Living cycles that are pinned to it. */
  readonly cycles: number;
  /** The ways into other versions. */
  readonly mappings: readonly {
    readonly to: number;
    readonly hash: string;
    readonly timerPolicy: 'keep' | 'restart';
  }[];
}

/** Every version that is installed or that cycles live by, by id and version. */
export async function readWorkflows(deps: EngineDeps): Promise<readonly WorkflowVersion[]> {
  const { workflows, mappings } = deps.catalog;
  const pins = (await deps.database.read(listPins)).filter(({ kind }) => kind === 'workflow');
  const keyOf = (one: { readonly id: string; readonly version: number; readonly hash: string }): string =>
    `${one.id}/${one.version}/${one.hash}`;
  const living = new Map(pins.map(({ pinned, cycles }) => [keyOf(pinned), cycles]));
  const installed = new Set(workflows.map(keyOf));
  const strangers = pins.map(({ pinned }) => pinned).filter((pinned) => !installed.has(keyOf(pinned)));
  return [...workflows, ...strangers]
    .map(({ id, version, hash }) => ({
      id,
      version,
      hash,
      isInstalled: installed.has(keyOf({ id, version, hash })),
      cycles: living.get(keyOf({ id, version, hash })) ?? 0,
      mappings: mappings
        .filter(({ from }) => from.id === id && from.version === version)
        .map((mapping) => ({
          to: mapping.to.version,
          hash: mapping.hash,
          timerPolicy: mapping.timerPolicy,
        })),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.version - b.version));
}
