import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { addMonths } from '../../src/core/calendar/calendar-months.js';
import type { FactDefinition } from '../../src/core/facts/fact-catalogue.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { accountRoleFor } from '../../src/core/terms/role.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { closeCycle } from '../../src/engine/cycles/close-cycle.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import type { FactEntry } from '../../src/engine/facts/fact-entry.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { grantWaiver } from '../../src/engine/waivers/grant-waiver.js';
import { by, type TestEngine } from './engine.js';
import { agendaSettingFacts, fact, strategyFacts } from './passing-facts.js';

/** Numbers from 0 to 1 that are the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Lets regions live at random: facts come in, are corrected, taken back, vague; time passes; waivers are granted; the
 * coordinator asks to advance, to close, and sends back. Gives how many wishes were decided on.
 */
export async function liveAtRandom(
  engine: TestEngine,
  regions: readonly string[],
  steps: number,
  next: () => number,
): Promise<number> {
  const passing = [...agendaSettingFacts(), ...strategyFacts()];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const { catalogue } = engine.deps.catalog.latestRulebook('region-cycle');
  const recordable = [...catalogue.values()].filter(
    ({ owner, meanOf }) => meanOf === undefined && accountRoleFor(owner) !== null,
  );
  let decisions = 0;
  for (let step = 0; step < steps; step += 1) {
    const cycleId = engine.cycle(pick(regions));
    const today = (await engine.clock.now()).slice(0, 10) as CalendarDate;
    const plain = { ...by(SYSTEM_ACTOR), cycleId, note: null, decidedOn: null };
    const dice = next();
    try {
      if (dice < 0.15) {
        await recordFacts(engine.deps, { ...plain, facts: passing });
      } else if (dice < 0.45) {
        const entries = Array.from({ length: 6 }, () => randomFact(pick(recordable), today, next));
        const unique = [...new Map(entries.map((entry) => [entry.fact, entry])).values()];
        await recordFacts(engine.deps, { ...plain, facts: unique });
      } else if (dice < 0.55) {
        engine.clock.advanceDays(Math.floor(next() * 40));
      } else if (dice < 0.65) {
        const rule = pick(['R01', 'R04', 'R12', 'R17', 'R28']);
        const endsOn = addMonths(today, 1);
        await grantWaiver(engine.deps, {
          ...plain,
          rule,
          reason: 'chance',
          secondedBy: 'administrator',
          endsOn,
        });
      } else if (dice < 0.95) {
        await advanceCycle(engine.deps, { ...plain, to: null });
        decisions += 1;
      } else if (dice < 0.98) {
        await sendBackCycle(engine.deps, { ...plain, to: null });
      } else {
        await closeCycle(engine.deps, plain);
      }
    } catch (error) {
      // Chance also asks for what is not understood (a fact of a cycle that has ended, a day that is not yet).
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return decisions;
}

function randomFact(definition: FactDefinition, today: CalendarDate, next: () => number): FactEntry {
  const { name, type } = definition;
  const observedOn = next() < 0.5 ? null : addMonths(today, -Math.floor(next() * 30));
  if (next() < 0.1) return fact(name, null);
  switch (type.kind) {
    case 'boolean':
      return fact(name, next() < 0.7, { observedOn });
    case 'integer':
      return fact(name, type.min + Math.floor(next() * Math.min(50, type.max - type.min)), { observedOn });
    case 'decimal':
      return fact(name, Math.min(type.max, type.min + Math.floor(next() * 200) / 2), { observedOn });
    case 'date': {
      const value = addMonths(today, -Math.floor(next() * 18));
      const precision = next() < 0.7 ? 'day' : next() < 0.5 ? 'month' : 'approximate';
      return fact(name, value, { precision, observedOn });
    }
    case 'enum':
      return fact(name, type.values[Math.floor(next() * type.values.length)], { observedOn });
    case 'text':
      return fact(name, `text ${Math.floor(next() * 5)}`, { observedOn });
  }
}
