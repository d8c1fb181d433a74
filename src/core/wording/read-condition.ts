import { NESTING_MAX } from '../logic/parse-condition.js';
import { ParseReport } from '../logic/parse-report.js';
import { parseTerm } from '../logic/parse-term.js';
import { pointerTo } from '../terms/problem.js';
import type { Grammar, Template } from './grammar.js';
import { predicatesOf } from './predicates.js';
import { listed, optionOf, readAfterFirst, type ReadSite } from './read-phrase.js';
import { functionOptions, readFact, readFunction, type TermJson } from './read-term.js';
import { readValue, readWords } from './read-value.js';
import { SentenceFault } from './sentence-fault.js';
import type { Option } from './sentence-reader.js';
import { capitalised, tokensOf } from './template.js';
import { valueKindOf, type ValueKind } from './value-kind.js';

/** Where a part of the condition stands in the sentence, in UTF-16 units. */
export type Place = readonly [pointer: string, position: number];

/** Notes of a whole sentence while it is being read. */
export interface ConditionSite extends ReadSite {
  /** Of every node, operator and value, in order. */
  readonly places: Place[];
  /** The numbers of the items, in order. */
  readonly numbers: string[];
}

/** `number`: of the item in which it stands, empty for the root; `level`: how many groups are around it, and it. */
interface At {
  readonly number: string;
  readonly pointer: string;
  readonly level: number;
}

type GroupKey = keyof Grammar['groups'];

const STOP = tokensOf('.');
const SEMICOLON = tokensOf(';');

/**
 * Reads a whole sentence as a condition in json-rules-engine's JSON, whose types are not checked yet.
 *
 * @throws SentenceFault
 */
export function readCondition(site: ConditionSite): unknown {
  const { reader, scope } = site;
  const options = groupOptions(scope.grammar, capitalised);
  const key = reader.chooses(options);
  if (key === null) throw reader.unexpected(listed(options));
  const conditions = readGroup(key, site, { number: '', pointer: '', level: 1 });
  readStop(site);
  if (reader.peek().kind !== 'end') throw reader.unexpected('the end');
  return conditions;
}

/** What ends a sentence, or goes on in it, depends on whether something has been numbered. */
function readStop({ reader, numbers }: ConditionSite): void {
  const last = numbers.at(-1);
  if (last === undefined) {
    if (!reader.takes(STOP)) throw reader.unexpected('“.” at the end');
    return;
  }
  if (reader.takes(SEMICOLON)) throw reader.unexpected(nextNumbers(last));
  if (!reader.takes(STOP)) throw reader.unexpected('“;” and the next number, or “.” at the end');
}

/** The numbers that can come after 2.1: 2.2 and 3. */
function nextNumbers(last: string): string {
  const steps = last.split('.');
  const next = steps.map((step, i) => `“(${[...steps.slice(0, i), Number(step) + 1].join('.')})”`);
  return next.length === 1 ? next.join('') : `one of ${next.toReversed().join(', ')}`;
}

function groupOptions(
  { groups }: Grammar,
  spelled = (template: Template) => template,
): readonly Option<GroupKey>[] {
  return (Object.keys(groups) as GroupKey[]).map((key) => optionOf(spelled(groups[key]), key));
}

function readNode(site: ConditionSite, at: At): unknown {
  const options = groupOptions(site.scope.grammar);
  site.places.push([at.pointer, site.reader.peek().start]);
  const key = site.reader.chooses(options);
  return key === null ? readLeaf(site, at) : readGroup(key, site, at);
}

/** Reads a group after its first words. */
function readGroup(key: GroupKey, site: ConditionSite, { number, pointer, level }: At): unknown {
  if (level > NESTING_MAX) {
    const message = `Groups are nested at most ${NESTING_MAX} deep.`;
    throw new SentenceFault('rule.too-deep', site.reader.peek().start, message);
  }
  const kind = key === 'one' ? 'all' : key;
  const inside = pointerTo(pointer, kind);
  const { items, item } = readAfterFirst(site.scope.grammar.groups[key], site, (place): unknown => {
    if (place === 'items') return readItems(site, { number, pointer: inside, level: level + 1 });
    return readNode(site, {
      number,
      pointer: key === 'one' ? pointerTo(inside, 0) : inside,
      level: level + 1,
    });
  });
  return { [kind]: key === 'one' ? [item] : key === 'not' ? item : items };
}

function readItems(site: ConditionSite, { number, pointer, level }: At): readonly unknown[] {
  const { reader } = site;
  const items: unknown[] = [];
  for (;;) {
    const own = number === '' ? String(items.length + 1) : `${number}.${items.length + 1}`;
    const isFirst = items.length === 0;
    const next = reader.peek(isFirst ? 0 : 1);
    const comes = next.kind === 'item' && next.value === own && (isFirst || reader.sees(SEMICOLON));
    if (!comes && !isFirst) return items;
    if (!comes) throw reader.unexpected(`“(${own})”`);
    if (!isFirst) reader.take();
    reader.take();
    site.numbers.push(own);
    items.push(readNode(site, { number: own, pointer: pointerTo(pointer, items.length), level }));
  }
}

function readLeaf(site: ConditionSite, { pointer }: At): unknown {
  const { reader, scope, places } = site;
  const { start } = reader.peek();
  const left = readLeft(site);
  const kind = kindOf(left, site, start);
  places.push([pointerTo(pointer, 'operator'), reader.peek().start]);
  const options = predicatesOf(kind, scope.grammar).map((each) => optionOf(each.template, each));
  const predicate = reader.chooses(options);
  if (predicate === null) throw reader.unexpected(listed(options));
  places.push([pointerTo(pointer, 'value'), reader.peek().start]);
  const { operator, right, template } = predicate;
  const read = readAfterFirst(template, site, (place): unknown => {
    if (place === 'values') return readWords(kind, site);
    return place === 'fact' ? { fact: readFact(site) } : readValue(kind, site);
  });
  const value = typeof right === 'boolean' ? right : (read['value'] ?? read['fact'] ?? read['values']);
  return { ...left, operator, value };
}

function readLeft(site: ConditionSite): TermJson {
  const { reader, scope } = site;
  if (reader.peek().kind === 'label') return { fact: readFact(site) };
  const functions = functionOptions(scope.grammar);
  const key = reader.chooses(functions);
  if (key !== null) return readFunction(key, site);
  const others = ['the label of a fact in double quotes'];
  throw reader.unexpected(listed([...groupOptions(scope.grammar), ...functions], others));
}

function kindOf(left: TermJson, { scope }: ConditionSite, start: number): ValueKind {
  const report = new ParseReport();
  const term = parseTerm({ ...left }, { catalogue: scope.catalogue, report, pointer: '' });
  if (term !== null) return valueKindOf(term, scope.catalogue);
  const [problem] = report.problems;
  throw new SentenceFault(
    problem?.code ?? 'rule.malformed',
    start,
    problem?.message ?? 'This is not about facts.',
  );
}
