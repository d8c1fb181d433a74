import type { FactScalar } from '../facts/fact-value.js';
import type { CountRelation, NumberVariable, WordVariable } from './formula.js';
import type { Interval } from './interval.js';

/** A variable that is a whole number between two ends. */
export interface NumberDomain {
  readonly name: string;
  readonly range: Interval;
  /** The value to prefer where there is a choice. */
  readonly hint: number;
}

/** A variable that is one of some words. */
export interface WordDomain {
  readonly name: string;
  readonly words: readonly (string | boolean)[];
  readonly hint: string | boolean | null;
}

/** One value for every variable: numbers by their variable, words as indexes of their domains. */
export interface Assignment {
  readonly numbers: readonly number[];
  readonly words: readonly number[];
}

/**
 * The variables that formulas are about, each with all that it can be. Filled while conditions are translated, read
 * by the solver. A count of months or working days is a variable of its own, tied to its two days by a relation.
 */
export class Space {
  readonly numbers: NumberDomain[] = [];
  readonly words: WordDomain[] = [];
  /** By the variable of the count. */
  readonly relations = new Map<NumberVariable, CountRelation>();
  private readonly numberByName = new Map<string, NumberVariable>();
  private readonly wordByName = new Map<string, WordVariable>();

  /** The variable of this name; made when it is asked for first. */
  number(name: string, make: () => Omit<NumberDomain, 'name'>): NumberVariable {
    const found = this.numberByName.get(name);
    if (found !== undefined) return found;
    const variable = this.numbers.push({ name, ...make() }) - 1;
    this.numberByName.set(name, variable);
    return variable;
  }

  /** The variable of this name; made when it is asked for first. */
  word(name: string, make: () => Omit<WordDomain, 'name'>): WordVariable {
    const found = this.wordByName.get(name);
    if (found !== undefined) return found;
    const variable = this.words.push({ name, ...make() }) - 1;
    this.wordByName.set(name, variable);
    return variable;
  }

  /** The variable that counts from one day to another. */
  count(name: string, range: Interval, relation: Omit<CountRelation, 'count'>): NumberVariable {
    const count = this.number(name, () => ({ range, hint: 0 }));
    if (!this.relations.has(count)) this.relations.set(count, { ...relation, count });
    return count;
  }

  /** Null: no formula is about it, so it may be anything. */
  numberNamed(name: string): NumberVariable | null {
    return this.numberByName.get(name) ?? null;
  }

  wordNamed(name: string): WordVariable | null {
    return this.wordByName.get(name) ?? null;
  }

  /** The word that an assignment gives to a variable. */
  wordIn(assignment: Assignment, variable: WordVariable): FactScalar | null {
    return this.words[variable]?.words[assignment.words[variable] ?? -1] ?? null;
  }
}
