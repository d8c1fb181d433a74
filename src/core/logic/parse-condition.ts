import { pointerTo, type Problem } from '../terms/problem.js';
import type { Condition } from './condition.js';
import { parseLeaf, type ConditionScope } from './parse-leaf.js';
import { hasOnlyKeys, isObject, ParseReport, type Json } from './parse-report.js';

/** How deep groups may be nested; the root is at level 1. */
export const NESTING_MAX = 20;

/** Most leaves of one condition. */
export const LEAVES_MAX = 500;

/** Most groups of one condition: a group without a leaf is empty, so more than these are not needed. */
const GROUPS_MAX = LEAVES_MAX;

const GROUP_KEYS = ['all', 'any', 'not'] as const;

export type ParsedCondition = { readonly condition: Condition } | { readonly problems: readonly Problem[] };

/**
 * Reads a condition in json-rules-engine's format into a typed tree, or says what is wrong with it. Pointers start
 * at the root of the condition. Time and memory are bounded whatever is sent: what lies below `NESTING_MAX` or
 * beyond `LEAVES_MAX` is not looked at.
 *
 * Problems: `rule.malformed`, `rule.empty-group`, `rule.sibling-groups`, `rule.path-forbidden`,
 * `rule.priority-forbidden`, `rule.named-condition-forbidden`, `rule.too-deep`, `rule.too-large`,
 * `rule.unknown-operator`, `rule.unknown-fact`, `rule.unknown-parameter`, and those of `checkComparison`.
 */
export function parseCondition(json: unknown, scope: ConditionScope): ParsedCondition {
  const report = new ParseReport();
  const walk: Walk = { scope, report, leaves: 0, groups: 0 };
  if (isObject(json) && Object.hasOwn(json, 'fact') && groupKeysOf(json).length === 0) {
    report.add('', 'rule.malformed', 'A condition begins with all, any or not.');
  }
  const condition = report.problems.length === 0 ? parseNode(json, '', 1, walk) : null;
  return condition !== null && report.problems.length === 0 ? { condition } : { problems: report.problems };
}

interface Walk {
  readonly scope: ConditionScope;
  readonly report: ParseReport;
  leaves: number;
  groups: number;
}

/** Null after a problem was reported. */
function parseNode(json: unknown, pointer: string, level: number, walk: Walk): Condition | null {
  const site = { ...walk.scope, report: walk.report, pointer };
  if (!isObject(json)) {
    walk.leaves += 1;
    walk.report.add(pointer, 'rule.malformed', 'Expected an object: a group or a comparison.');
    return null;
  }
  const keys = groupKeysOf(json);
  const [key] = keys;
  if (key === undefined) {
    walk.leaves += 1;
    return hasOnlyKeys(json, ['fact', 'params', 'operator', 'value'], site) ? parseLeaf(json, site) : null;
  }
  if (keys.length > 1) {
    walk.report.add(
      pointer,
      'rule.sibling-groups',
      'Of all, any and not side by side all but one are ignored.',
    );
    return null;
  }
  walk.groups += 1;
  return hasOnlyKeys(json, [key], site) ? parseGroup(key, json[key], { pointer, level }, walk) : null;
}

function parseGroup(
  kind: (typeof GROUP_KEYS)[number],
  json: unknown,
  at: { readonly pointer: string; readonly level: number },
  walk: Walk,
): Condition | null {
  const { pointer, level } = at;
  const inside = pointerTo(pointer, kind);
  if (level > NESTING_MAX) {
    walk.report.add(pointer, 'rule.too-deep', `Groups are nested at most ${NESTING_MAX} deep.`);
    return null;
  }
  if (kind === 'not') {
    const of = parseNode(json, inside, level + 1, walk);
    return of && { kind, pointer, of };
  }
  if (!Array.isArray(json)) {
    walk.report.add(inside, 'rule.malformed', `${kind} takes a list.`);
    return null;
  }
  if (json.length === 0) {
    walk.report.add(inside, 'rule.empty-group', 'An empty group passes, whatever the facts are.');
    return null;
  }
  const of: Condition[] = [];
  for (const [i, part] of json.entries()) {
    if (walk.leaves >= LEAVES_MAX || walk.groups >= GROUPS_MAX) {
      walk.report.add(
        pointerTo(inside, i),
        'rule.too-large',
        `A condition has at most ${LEAVES_MAX} leaves.`,
      );
      break;
    }
    const parsed = parseNode(part, pointerTo(inside, i), level + 1, walk);
    if (parsed !== null) of.push(parsed);
  }
  return { kind, pointer, of };
}

function groupKeysOf(json: Json): readonly (typeof GROUP_KEYS)[number][] {
  return GROUP_KEYS.filter((key) => Object.hasOwn(json, key));
}
