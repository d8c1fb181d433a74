import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Verdict } from '../../core/gates/verdict.js';
import { possibleEvents } from '../../core/machines/possible-events.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { selectLiveCycles } from '../../store/operation-subjects.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { findWay, isOpen } from '../cycles/find-way.js';
import { moveCycle, type Move } from '../cycles/move-cycle.js';
import type { OrderOf } from './operation-order.js';
import type { ItemResult, OperationWork, Subject } from './operation-work.js';

type MoveVerb = 'advance' | 'suspend' | 'resume';

/** The status in which there is nothing left to do. */
const SETTLED = { advance: null, suspend: 'suspended', resume: 'active' } as const;

/** Advances, suspends or resumes many cycles: each is decided on by itself, by its own gate and at its own time. */
export function moveMany<Verb extends MoveVerb>(verb: Verb): OperationWork<Verb> {
  return {
    select: async (_deps, tx, order, limit) =>
      (await selectLiveCycles(tx, order.filter, limit)).map(({ id, region }): Subject => ({
        kind: 'cycle',
        id,
        region,
      })),
    async plan(deps, tx, { order, subject, now }) {
      const cycle = await findCycle(tx, subject.id);
      if (cycle === null) throw new DomainError('cycle.not-found', { cycle: subject.id });
      if (cycle.status === SETTLED[verb]) return alreadyThere(cycle);
      const picture = await takePicture(deps, tx, cycle, now);
      const { to, decidedOn } = wishOf(order);
      if (decidedOn !== null && decidedOn > picture.today) {
        throw new DomainError('date.in-the-future', { date: decidedOn, today: picture.today });
      }
      return foresee(picture, verb, to);
    },
    async run(deps, tx, { order, subject, now, actor }) {
      const cycle = await lockLiveCycle(tx, subject.id);
      if (cycle.status === SETTLED[verb]) return alreadyThere(cycle);
      const picture = await takePicture(deps, tx, cycle, now);
      const wish = { type: verb, ...wishOf(order), note: order.reason };
      return told(await moveCycle(deps, tx, actor, { picture, wish }));
    },
  };
}

function wishOf(order: OrderOf<MoveVerb>): { to: string | null; decidedOn: CalendarDate | null } {
  const { decidedOn } = order.parameters;
  return { to: 'to' in order.parameters ? order.parameters.to : null, decidedOn };
}

/** @throws DomainError `cycle.not-found`; `cycle.ended` when it has left or ended since the operation was planned */
async function lockLiveCycle(tx: Tx, id: string): Promise<CycleRow> {
  const cycle = await lockCycle(tx, id);
  if (cycle === null) throw new DomainError('cycle.not-found', { cycle: id });
  if (cycle.status !== 'active' && cycle.status !== 'suspended') {
    throw new DomainError('cycle.ended', { cycle: id, status: cycle.status });
  }
  return cycle;
}

function alreadyThere({ stage, status }: CycleRow): ItemResult {
  return { result: 'unchanged', code: status, words: `The cycle is ${status} already.`, details: { stage } };
}

function foresee(picture: CyclePicture, verb: MoveVerb, to: string | null): ItemResult {
  const { stage, status } = picture.cycle;
  const way = findWay(picture, verb, to);
  if (way === null) {
    const possible = possibleEvents(picture.workflow, picture.snapshot);
    return {
      result: 'refused',
      code: 'event.not-possible',
      words: `The cycle is in ${stage} (${status}) and does not understand ${verb} there.`,
      details: { from: stage, possible },
    };
  }
  const details = { from: stage, to: way.event.to, ...verdictDetails(way.verdict) };
  return isOpen(way)
    ? { result: 'done', code: WOULD[verb], words: null, details }
    : { result: 'refused', code: 'gate.refused', words: gateWords(way.verdict), details };
}

/** What has happened to a cycle that went through with it. */
const WOULD = { advance: 'advanced', suspend: 'suspended', resume: 'resumed' } as const;

function told(move: Move): ItemResult {
  if (move.kind === 'moved') {
    const { event, from, to, sequence } = move.transition;
    const code = event === 'suspend' || event === 'resume' ? WOULD[event] : WOULD.advance;
    return {
      result: 'done',
      code,
      words: null,
      details: { from, to, sequence, ...verdictDetails(move.verdict) },
    };
  }
  const { stage, status } = move.cycle;
  return move.code === 'gate.refused'
    ? {
        result: 'refused',
        code: move.code,
        words: gateWords(move.verdict),
        details: { from: stage, to: move.to, ...verdictDetails(move.verdict) },
      }
    : {
        result: 'refused',
        code: move.code,
        words: `The cycle is in ${stage} (${status}) and does not understand this there.`,
        details: { from: stage, possible: move.possible },
      };
}

function verdictDetails(verdict: Verdict | null): Record<string, unknown> {
  if (verdict === null) return { gate: null, verdict: null };
  return {
    gate: verdict.gate,
    verdict: verdict.verdict,
    failing: verdict.failing,
    missing: verdict.missing.map(({ fact }) => fact),
  };
}

function gateWords(verdict: Verdict | null): string | null {
  if (verdict === null) return null;
  const missing = verdict.missing.map(({ fact }) => fact);
  return [
    `The gate ${verdict.gate} is shut`,
    ...(verdict.failing.length === 0 ? [] : [`failing: ${verdict.failing.join(', ')}`]),
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
  ].join('; ');
}
