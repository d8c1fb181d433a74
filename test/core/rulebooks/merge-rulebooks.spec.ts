import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rulebookSchema, type RulebookDefinition } from '../../../src/core/gates/rulebook-schema.js';
import { mergeRulebooks, type Settle } from '../../../src/core/rulebooks/merge-rulebooks.js';

const SHIPPED = readFileSync(new URL('../../../rules/region-cycle/1.json', import.meta.url), 'utf8');

type Open = ReturnType<typeof rulebookSchema.parse>;

const nobody: Settle = () => null;
const base = (): Open => rulebookSchema.parse(JSON.parse(SHIPPED));

function merge(changeMine: (book: Open) => void, changeTheirs: (book: Open) => void, settle = nobody) {
  const mine = base();
  const theirs = base();
  changeMine(mine);
  changeTheirs(theirs);
  const { definition, clashes } = mergeRulebooks({ base: base(), mine, theirs }, settle);
  return { merged: definition as RulebookDefinition, clashes, mine, theirs };
}

const nothing = () => {};
const rule = (book: RulebookDefinition, id: string) => book.rules.find((one) => one.id === id)!;

describe('two drafts of one rulebook', () => {
  it('merge to what was there when neither, or only one, has changed anything', () => {
    expect(merge(nothing, nothing)).toMatchObject({ merged: base(), clashes: [] });
    const change = (book: Open): void => {
      rule(book, 'R04').severity = 'warn';
      book.testCases.pop();
      book.labels.de = 'Andere Regeln';
    };
    const ofMine = merge(change, nothing);
    expect(ofMine).toMatchObject({ merged: ofMine.mine, clashes: [] });
    const ofTheirs = merge(nothing, change);
    expect(ofTheirs).toMatchObject({ merged: ofTheirs.theirs, clashes: [] });
    expect(merge(change, change).clashes).toEqual([]);
  });

  it('take both changes where they touch different things of the same rule', () => {
    const { merged, clashes } = merge(
      (book) => {
        rule(book, 'R07').parameters['diamonds_min'] = { value: 2, unit: 'diamonds' };
        rule(book, 'R07').labels.de = 'Neu';
      },
      (book) => {
        rule(book, 'R07').parameters['partner_regions_min'] = { value: 3, unit: 'regions' };
        rule(book, 'R07').labels.sl = 'Novo';
        rule(book, 'R07').severity = 'warn';
      },
    );
    expect(clashes).toEqual([]);
    expect(rule(merged, 'R07')).toMatchObject({
      parameters: { diamonds_min: { value: 2 }, partner_regions_min: { value: 3 } },
      labels: { de: 'Neu', sl: 'Novo' },
      severity: 'warn',
    });
  });

  it('merge the rules of a gate as a set: both additions and both removals', () => {
    const { merged, clashes } = merge(
      (book) => {
        book.gates['review.close']!.rules = ['R28', 'R30'];
      },
      (book) => {
        book.gates['review.close']!.rules = ['R31', 'R29b'];
      },
    );
    expect(clashes).toEqual([]);
    expect(merged.gates['review.close']?.rules).toEqual(['R30', 'R31']);
  });

  it('keep what one has added and drop what one has taken away', () => {
    const extra = { ...rule(base(), 'R01'), id: 'R90' };
    const { merged, clashes } = merge(
      (book) => {
        book.rules.push(extra);
        book.testCases = book.testCases.filter(({ name }) => !name.startsWith('R02'));
      },
      (book) => {
        book.rules = book.rules.filter(({ id }) => id !== 'R03');
        book.testCases.push({ name: 'another', today: '2017-09-01', facts: {}, expect: {} });
      },
    );
    expect(clashes).toEqual([]);
    expect(merged.rules.map(({ id }) => id)).toEqual(
      [...base().rules.map(({ id }) => id), 'R90'].filter((id) => id !== 'R03'),
    );
    expect(merged.testCases.some(({ name }) => name.startsWith('R02'))).toBe(false);
    expect(merged.testCases.at(-1)?.name).toBe('another');
  });

  it('clash where both have changed the same thing, with its place and all three values', () => {
    const set = (value: number) => (book: Open) => {
      rule(book, 'R07').parameters['diamonds_min'] = { value, unit: 'diamonds' };
    };
    const { clashes, merged } = merge(set(2), set(3));
    const values = [1, 2, 3].map((value) => ({ value, unit: 'diamonds' }));
    expect(clashes).toEqual([
      {
        pointer: '/rules/6/parameters/diamonds_min',
        of: { kind: 'rule', id: 'R07' },
        base: values[0],
        mine: values[1],
        theirs: values[2],
      },
    ]);
    expect(rule(merged, 'R07').parameters['diamonds_min']).toEqual(values[1]);
    const settled = merge(set(2), set(3), () => 'theirs');
    expect(settled.clashes).toEqual([]);
    expect(rule(settled.merged, 'R07').parameters['diamonds_min']).toEqual(values[2]);
  });

  it('clash where one has taken away what the other has changed, whichever way round', () => {
    const remove = (book: Open): void => {
      book.rules = book.rules.filter(({ id }) => id !== 'R07');
    };
    const change = (book: Open): void => {
      rule(book, 'R07').severity = 'warn';
    };
    for (const [one, other, pointer] of [
      [remove, change, '/rules'],
      [change, remove, '/rules/6'],
    ] as const) {
      const { clashes } = merge(one, other);
      expect(clashes.map((clash) => [clash.pointer, clash.of?.id])).toEqual([[pointer, 'R07']]);
    }
    expect(merge(remove, change, () => 'theirs').merged.rules.some(({ id }) => id === 'R07')).toBe(true);
    expect(merge(remove, change, () => 'mine').merged.rules.some(({ id }) => id === 'R07')).toBe(false);
  });

  it('are not confused by test cases with odd names', () => {
    const name = (text: string) => (book: Open) => {
      book.testCases.push({ name: text, today: '2017-09-01', facts: {}, expect: {} });
    };
    const { merged, clashes } = merge(name('__proto__'), name('constructor'));
    expect(clashes).toEqual([]);
    expect(merged.testCases.slice(-2).map((one) => one.name)).toEqual(['__proto__', 'constructor']);
  });
});
