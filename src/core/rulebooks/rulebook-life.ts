import { setup, transition } from 'xstate';
import { z } from 'zod';
import { DomainError } from '../terms/domain-error.js';

export const LIFE_STATES = ['draft', 'tested', 'approved', 'published', 'retired', 'discarded'] as const;

export type LifeState = (typeof LIFE_STATES)[number];

/** What is known of a draft when something is asked of it. All of it is about the content as it is now. */
export interface LifeFacts {
  /** Account ids of everybody who has written the content: none of them can be its second person. */
  readonly authors: readonly string[];
  /** The last run of its own test cases: how many failed, and the share of the rules' logic that they cover. */
  readonly tests: { readonly failing: number; readonly coverage: number } | null;
  /** Share from 0 to 1. */
  readonly coverageMin: number;
  /** How many alarms the model check raised; null: not checked. */
  readonly alarms: number | null;
  /** Account id of who has signed over the alarms; null: nobody. */
  readonly signedBy: string | null;
  /** Account id of who has approved; null: nobody. */
  readonly approvedBy: string | null;
}

export type LifeEventType =
  'edit' | 'test' | 'check' | 'sign' | 'approve' | 'publish' | 'publish-emergency' | 'retire' | 'discard';

export interface LifeEvent {
  readonly type: LifeEventType;
  /** Account id of who asks. */
  readonly by: string;
  readonly facts: LifeFacts;
}

/** Why an event that the state knows is refused. */
export type LifeRefusal =
  | 'tests.not-run'
  | 'tests.failing'
  | 'coverage.below-minimum'
  | 'check.not-run'
  | 'check.alarm-unsigned'
  | 'check.no-alarm'
  | 'approver.is-author'
  | 'approval.missing'
  | 'signer.is-author';

const snapshotSchema = z.strictObject({
  value: z.enum(LIFE_STATES),
  context: z.strictObject({}),
  status: z.enum(['active', 'done']),
});

/** Where a rulebook stands in its life, as plain JSON: what is stored and handed back to `applyLifeEvent`. */
export type LifeSnapshot = Readonly<z.infer<typeof snapshotSchema>>;

export type LifeDecision =
  | {
      readonly kind: 'moved';
      readonly snapshot: LifeSnapshot;
      readonly from: LifeState;
      readonly to: LifeState;
    }
  | { readonly kind: 'not-possible'; readonly from: LifeState; readonly possible: readonly LifeEventType[] }
  | { readonly kind: 'refused'; readonly from: LifeState; readonly reasons: readonly LifeRefusal[] };

const kit = setup({
  types: {} as { context: object; events: LifeEvent },
  guards: {
    unrefused: ({ event }) => refusalsOf(event).length === 0,
    passesTests: ({ event }) => testRefusals(event.facts).length === 0,
  },
});

const guarded = <Target extends LifeState>(target: Target) => ({ target, guard: 'unrefused' as const });

/** The content can be worked on: every edit leads back to the beginning. */
const OPEN = { edit: 'draft', discard: 'discarded' } as const;

const machine = kit.createMachine({
  id: 'rulebook-life',
  context: {},
  initial: 'draft',
  states: {
    draft: {
      on: {
        ...OPEN,
        test: [{ target: 'tested', guard: 'passesTests' }, { target: 'draft' }],
        check: 'draft',
        sign: guarded('draft'),
      },
    },
    tested: {
      on: {
        ...OPEN,
        test: [{ target: 'tested', guard: 'passesTests' }, { target: 'draft' }],
        check: 'tested',
        sign: guarded('tested'),
        approve: guarded('approved'),
        'publish-emergency': guarded('published'),
      },
    },
    approved: {
      on: {
        ...OPEN,
        test: [{ target: 'approved', guard: 'passesTests' }, { target: 'draft' }],
        check: 'approved',
        sign: guarded('approved'),
        publish: guarded('published'),
        'publish-emergency': guarded('published'),
      },
    },
    published: { on: { retire: 'retired' } },
    retired: { type: 'final' },
    discarded: { type: 'final' },
  },
});

/** The beginning of a draft. */
export const FIRST_LIFE_SNAPSHOT: LifeSnapshot = { value: 'draft', context: {}, status: 'active' };

/** A version in force that has no draft in this database: a file, or the content of an older version. */
export const PUBLISHED_LIFE_SNAPSHOT: LifeSnapshot = { value: 'published', context: {}, status: 'active' };

/**
 * Decides on an event in the life of a rulebook: the same input gives the same answer, nothing is changed. A test
 * is never refused: one that fails leads back to `draft`. The emergency path spares the second person and nothing
 * else: tests, coverage and unsigned alarms refuse it as well.
 */
export function applyLifeEvent(snapshot: LifeSnapshot, event: LifeEvent): LifeDecision {
  const from = snapshot.value;
  const possible = possibleLifeEvents(from);
  if (!possible.includes(event.type)) return { kind: 'not-possible', from, possible };
  const current = machine.resolveState(snapshot);
  if (!current.can(event)) return { kind: 'refused', from, reasons: refusalsOf(event) };
  const [next] = transition(machine, current, event);
  const moved = readLifeSnapshot({ value: next.value, context: {}, status: next.status });
  return { kind: 'moved', snapshot: moved, from, to: moved.value };
}

/** What a rulebook understands in this state, guards left aside. */
export function possibleLifeEvents(state: LifeState): readonly LifeEventType[] {
  return (machine.states[state]?.ownEvents ?? []) as readonly LifeEventType[];
}

/** @throws DomainError `definition.hash-mismatch` for what is no snapshot of a rulebook's life */
export function readLifeSnapshot(json: unknown): LifeSnapshot {
  const parsed = snapshotSchema.safeParse(json);
  if (!parsed.success) throw new DomainError('definition.hash-mismatch', { snapshot: json });
  return parsed.data;
}

function refusalsOf({ type, by, facts }: LifeEvent): readonly LifeRefusal[] {
  switch (type) {
    case 'sign':
      return [
        ...only('check.not-run', facts.alarms === null),
        ...only('check.no-alarm', facts.alarms === 0),
        ...only('signer.is-author', facts.authors.includes(by)),
      ];
    case 'approve':
      return [...contentRefusals(facts), ...only('approver.is-author', facts.authors.includes(by))];
    case 'publish': {
      const { approvedBy, authors } = facts;
      const isApproved = approvedBy !== null && !authors.includes(approvedBy);
      return [...contentRefusals(facts), ...only('approval.missing', !isApproved)];
    }
    case 'publish-emergency':
      return contentRefusals(facts);
    case 'edit':
    case 'test':
    case 'check':
    case 'retire':
    case 'discard':
      return [];
  }
}

function contentRefusals(facts: LifeFacts): readonly LifeRefusal[] {
  const { alarms, signedBy, authors } = facts;
  const isSigned = signedBy !== null && !authors.includes(signedBy);
  return [
    ...testRefusals(facts),
    ...only('check.not-run', alarms === null),
    ...only('check.alarm-unsigned', alarms !== null && alarms > 0 && !isSigned),
  ];
}

function testRefusals({ tests, coverageMin }: LifeFacts): readonly LifeRefusal[] {
  if (tests === null) return ['tests.not-run'];
  return [
    ...only('tests.failing', tests.failing > 0),
    // Written this way round, a coverage that is no number refuses as well.
    ...only('coverage.below-minimum', !(tests.coverage >= coverageMin)),
  ];
}

function only(reason: LifeRefusal, holds: boolean): readonly LifeRefusal[] {
  return holds ? [reason] : [];
}
