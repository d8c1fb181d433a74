import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { workingDaysBetween } from '../../core/calendar/working-days.js';
import type { FactValue } from '../../core/facts/fact-value.js';
import type { DecisionInputs } from '../../core/gates/decision-inputs.js';
import { judgeInputs } from '../../core/gates/judge-inputs.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { splitDifference, type Cause, type DifferenceSplit } from '../../core/gates/split-difference.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle } from '../../store/cycle-store.js';
import { findDecision, type DecisionRow } from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { decisionRulebook, rulebookInForce } from './decision-rulebook.js';
import { storedInputs } from './stored-inputs.js';
import { visibleDecision } from './visible-decision.js';

/** A fact that a rule of the gate, then or now, could look at, and that has another value today. */
export interface ChangedFact {
  readonly fact: string;
  /** Null: it was not known. */
  readonly was: FactValue | null;
  /** Null: it is not known. */
  readonly now: FactValue | null;
}

/** Whether a decision would come out the same today, and if not, why. */
export interface DecisionToday {
  readonly decision: DecisionRow;
  readonly today: CalendarDate;
  /** The one that was asked then, and the one in force today. */
  readonly rulebooks: { readonly was: Rulebook; readonly now: Rulebook };
  readonly split: DifferenceSplit;
  readonly facts: readonly ChangedFact[];
}

/** Facts that Cordata derives of the stage that the cycle was in: they belong to the decision, not to today. */
const STAGE_FACTS: ReadonlySet<string> = new Set(['stage.entered_on', 'stage.working_days']);

/**
 * Asks the gate of a decision again as things stand today, and splits the difference by its causes: the rulebook in
 * force, the facts and waivers of the cycle as they are now, and the day. How long the stage had lasted goes with the
 * clock. A cycle that has gone on to its next number brings that number's facts.
 *
 * @throws DomainError `decision.not-found`; `definition.not-found` or `definition.hash-mismatch`
 */
export async function decisionToday(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly decisionId: string },
): Promise<DecisionToday> {
  return deps.database.read(async (tx) => {
    const decision = visibleDecision(query.actor, query.decisionId, await findDecision(tx, query.decisionId));
    const was = {
      rulebook: await decisionRulebook(deps, tx, decision),
      inputs: storedInputs(deps, decision),
    };
    const now = await inputsToday(deps, tx, decision);
    const split = splitDifference((causes) => {
      const has = (cause: Cause) => (causes.has(cause) ? now : was);
      const { facts, cycleNumber } = has('fact').inputs;
      const { today } = has('clock').inputs;
      return judgeInputs(has('rule').rulebook, {
        ...was.inputs,
        facts: onDay(facts, was.inputs.calendar, today),
        cycleNumber,
        waivers: has('waiver').inputs.waivers,
        today,
      });
    });
    return {
      decision,
      today: now.inputs.today,
      rulebooks: { was: was.rulebook, now: now.rulebook },
      split,
      facts: changedFacts([was.rulebook, now.rulebook], was.inputs, now.inputs),
    };
  });
}

async function inputsToday(
  deps: EngineDeps,
  tx: Tx,
  decision: DecisionRow,
): Promise<{ readonly rulebook: Rulebook; readonly inputs: DecisionInputs }> {
  const cycle = await findCycle(tx, decision.cycleId);
  if (cycle === null) throw new DomainError('decision.not-found', { decision: decision.id });
  const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
  const ofStage = decision.facts.filter(({ fact }) => STAGE_FACTS.has(fact));
  return {
    rulebook: await rulebookInForce(deps, tx, decision.rulebookId, picture.today),
    inputs: {
      ...storedInputs(deps, decision),
      facts: [...ofStage, ...picture.known.filter(({ fact }) => !STAGE_FACTS.has(fact))],
      cycleNumber: cycle.number,
      waivers: picture.waivers,
      today: picture.today,
    },
  };
}

/** The facts with the length of the stage as it is on a day; the day of entering is among them. */
function onDay(
  facts: readonly FactValue[],
  calendar: WorkingCalendar,
  today: CalendarDate,
): readonly FactValue[] {
  const entered = facts.find(({ fact }) => fact === 'stage.entered_on')?.value;
  if (typeof entered !== 'string') return facts;
  return facts.map((fact) =>
    fact.fact === 'stage.working_days'
      ? { ...fact, value: workingDaysBetween(calendar, entered as CalendarDate, today) }
      : fact,
  );
}

function changedFacts(
  rulebooks: readonly Rulebook[],
  was: DecisionInputs,
  now: DecisionInputs,
): readonly ChangedFact[] {
  const names = new Set(
    rulebooks.flatMap(({ gates }) => gates.get(was.gate)?.rules.flatMap(({ factNames }) => factNames) ?? []),
  );
  return [...names]
    .filter((name) => !STAGE_FACTS.has(name))
    .map((fact) => ({ fact, was: last(was, fact), now: last(now, fact) }))
    .filter(
      (one) =>
        one.was?.value !== one.now?.value ||
        one.was?.precision !== one.now?.precision ||
        one.was?.observedOn !== one.now?.observedOn,
    );
}

/** Of several values of one fact the last counts. */
function last({ facts }: DecisionInputs, name: string): FactValue | null {
  return facts.findLast(({ fact }) => fact === name) ?? null;
}
