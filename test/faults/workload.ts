import { random } from '../support/random-decisions.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { call } from '../process/api-client.js';
import type { Wish } from './ledger.js';

export const SCHEME = 's3-4alpclusters';
/** A day on which the gate out of agenda setting opens with the passing facts. */
export const NOW = '2017-07-03T08:00:00Z';

/** Cycle ids by NUTS code. */
export async function cyclesOf(cordata: CordataProcess): Promise<ReadonlyMap<string, string>> {
  const { body } = await call(cordata, cordata.tokens.coordinator, { path: `/schemes/${SCHEME}/board` });
  const rows = body['regions'] as { region: string; cycle: { id: string } }[];
  return new Map(rows.map(({ region, cycle }) => [region, cycle.id]));
}

export async function setClock(cordata: CordataProcess, now = NOW): Promise<void> {
  await call(cordata, cordata.tokens.administrator, { path: '/dev/clock', body: { now } });
}

/** A wish to move a cycle. */
export function moveWish(
  cordata: CordataProcess,
  move: { readonly key: string; readonly cycleId: string; readonly type: string },
): Wish {
  return {
    key: move.key,
    token: cordata.tokens.coordinator,
    method: 'POST',
    path: `/cycles/${move.cycleId}/events`,
    body: { type: move.type, note: move.key },
  };
}

/** A wish to record facts; all of them by default, so that the gate out of agenda setting opens. */
export function factsWish(
  cordata: CordataProcess,
  about: { readonly key: string; readonly cycleId: string; readonly nuts: string },
  facts: readonly { readonly fact: string; readonly value: unknown }[] = agendaSettingFacts(),
): Wish {
  return {
    key: about.key,
    token: cordata.tokens.authorities[about.nuts] ?? '',
    method: 'PATCH',
    path: `/cycles/${about.cycleId}/facts`,
    body: { facts: facts.map(({ fact, value }) => ({ fact, value, note: about.key })) },
  };
}

/** Wishes as people send them over a year, the same for the same seed. */
export function makeWishes(
  cordata: () => CordataProcess,
  cycles: ReadonlyMap<string, string>,
  seed: number,
): () => Wish {
  const next = random(seed);
  const regions = [...cycles.keys()];
  let count = 0;
  return () => {
    count += 1;
    const key = `wish-${seed}-${count}.`;
    const nuts = regions[Math.floor(next() * regions.length)] ?? '';
    const cycleId = cycles.get(nuts) ?? '';
    const dice = next();
    if (dice < 0.3) return factsWish(cordata(), { key, cycleId, nuts });
    if (dice < 0.5) {
      const facts = [{ fact: 'stresstest.responses_total', value: 40 + Math.floor(next() * 20) }];
      return factsWish(cordata(), { key, cycleId, nuts }, facts);
    }
    const type = dice < 0.7 ? 'advance' : dice < 0.8 ? 'suspend' : dice < 0.9 ? 'resume' : 'send-back';
    return moveWish(cordata(), { key, cycleId, type });
  };
}

/** A wish to do a verb to many; it is only planned by it. */
export function orderWish(cordata: CordataProcess, key: string, order: object): Wish {
  const token = cordata.tokens.administrator;
  return { key, unlogged: true, token, method: 'POST', path: '/operations', body: { ...order, reason: key } };
}

/** The wish to start what was planned. */
export function startWish(cordata: CordataProcess, key: string, operation: string): Wish {
  const path = `/operations/${operation}/start`;
  return { key, unlogged: true, token: cordata.tokens.administrator, method: 'POST', path, body: {} };
}
