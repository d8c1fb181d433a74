import type { z } from 'zod';
import { factCatalogueSchema, type FactDefinition } from '../core/facts/fact-catalogue.js';
import type { Problem } from '../core/terms/problem.js';
import { schemaProblems } from '../core/terms/schema-problems.js';

type FactCatalogueFile = z.infer<typeof factCatalogueSchema>;

/**
 * Judges a fact catalogue: its format, every name once, ranges that are not empty, words of an enumeration once,
 * and that a mean is taken of recorded numbers of the catalogue.
 */
export function judgeFactCatalogue(definition: unknown): FactCatalogueFile | { problems: Problem[] } {
  const parsed = factCatalogueSchema.safeParse(definition);
  if (!parsed.success) return { problems: schemaProblems(parsed.error, definition) };

  const { facts } = parsed.data;
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const problems = facts.flatMap((fact, index) => {
    const pointer = `/facts/${index}`;
    const isFirst = facts.findIndex(({ name }) => name === fact.name) === index;
    return [
      ...(isFirst
        ? []
        : [{ pointer: `${pointer}/name`, code: 'fact.twice', message: `${fact.name} is there already` }]),
      ...judgeType(fact, `${pointer}/type`),
      ...judgeMean(fact, byName, `${pointer}/meanOf`),
      ...judgeCounted(fact, `${pointer}/counted`),
    ];
  });
  return problems.length > 0 ? { problems } : parsed.data;
}

function judgeType({ type }: FactDefinition, pointer: string): Problem[] {
  if ((type.kind === 'integer' || type.kind === 'decimal') && type.min > type.max) {
    return [
      { pointer, code: 'fact.empty-range', message: `nothing lies between ${type.min} and ${type.max}` },
    ];
  }
  if (type.kind === 'enum' && new Set(type.values).size !== type.values.length) {
    return [{ pointer: `${pointer}/values`, code: 'fact.word-twice', message: 'a word is there twice' }];
  }
  return [];
}

function judgeMean(
  fact: FactDefinition,
  byName: ReadonlyMap<string, FactDefinition>,
  pointer: string,
): Problem[] {
  if (fact.meanOf === undefined) return [];
  if (fact.owner !== 'engine' || !isNumber(fact)) {
    return [{ pointer, code: 'fact.mean-misplaced', message: 'a mean is a number that the engine derives' }];
  }
  return fact.meanOf.flatMap((name, at): Problem[] => {
    const other = byName.get(name);
    if (other === undefined) {
      return [{ pointer: `${pointer}/${at}`, code: 'fact.unknown', message: `there is no fact ${name}` }];
    }
    // A mean of means could run in a circle; nothing needs one.
    if (other.meanOf !== undefined || !isNumber(other)) {
      const message = `${name} is not a recorded number`;
      return [{ pointer: `${pointer}/${at}`, code: 'fact.mean-of-no-number', message }];
    }
    return [];
  });
}

function judgeCounted({ counted, owner, meanOf }: FactDefinition, pointer: string): Problem[] {
  if (counted === undefined || (owner === 'engine' && meanOf === undefined)) return [];
  return [{ pointer, code: 'fact.counted-misplaced', message: 'what is counted the engine records' }];
}

function isNumber({ type }: FactDefinition): boolean {
  return type.kind === 'integer' || type.kind === 'decimal';
}
