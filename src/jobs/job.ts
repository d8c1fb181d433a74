import type { EffectPayload, EffectType } from '../core/terms/effect.js';
import type { Application } from '../engine/effects/apply-effect.js';
import type { JobDeps } from './job-deps.js';

/** An effect of one type. */
export type EffectOf<Type extends EffectType> = Extract<EffectPayload, { type: Type }>;

/**
 * Applies one effect of its type, once: a second call with the same id changes nothing and gives `duplicate`.
 * DomainErrors with retry `never` end the attempts; everything else is tried again.
 */
export type Job<Type extends EffectType> = (
  deps: JobDeps,
  effectId: string,
  effect: EffectOf<Type>,
) => Promise<Application>;
