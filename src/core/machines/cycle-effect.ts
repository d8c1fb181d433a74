import { DomainError } from '../terms/domain-error.js';
import type { EffectDefinition } from './workflow-schema.js';

/** Who is told by a notice: every account that answers for one of these, in the cycle's region or in the scheme. */
export type Audience = Extract<EffectDefinition, { type: 'notify' }>['audience'];

/**
 * What must follow from a transition, as data; nothing has happened yet. Tasks are opened and closed and timers set
 * and cleared for a named stage, so that an effect can be carried out without asking where the cycle stood.
 */
export type CycleEffect =
  | { readonly type: 'open-tasks'; readonly stage: string }
  | { readonly type: 'close-tasks'; readonly stage: string }
  | { readonly type: 'notify'; readonly template: string; readonly audience: Readonly<Audience> }
  | { readonly type: 'leave-sync-points' }
  | { readonly type: 'place-sync-points' }
  | { readonly type: 'set-timers'; readonly stage: string }
  | { readonly type: 'clear-timers'; readonly stage: string };

/** Binds a defined effect to the stage whose tasks it opens or closes. */
export function effectFor(effect: EffectDefinition, stage: string): CycleEffect {
  switch (effect.type) {
    case 'open-tasks':
    case 'close-tasks':
      return { type: effect.type, stage };
    case 'notify':
      return { type: 'notify', template: effect.template, audience: effect.audience };
    case 'leave-sync-points':
    case 'place-sync-points':
      return { type: effect.type };
  }
}

/**
 * Reads XState's actions back as effects, in the order in which the machine gave them: exit, transition, entry.
 *
 * @throws DomainError `effect.unknown` for an action that is none of ours (a timer or a message to an actor)
 */
export function effectsOf(
  actions: readonly { readonly type: string; readonly params: unknown }[],
): readonly CycleEffect[] {
  return actions.map(({ type, params }) => {
    if (!isEffect(params) || params.type !== type) throw new DomainError('effect.unknown', { effect: type });
    return params;
  });
}

function isEffect(params: unknown): params is CycleEffect {
  return typeof params === 'object' && params !== null && 'type' in params;
}
