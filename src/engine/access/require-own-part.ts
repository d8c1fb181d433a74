import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';

/** An authority speaks for its own region alone. @throws DomainError `region.not-leading` */
export function requireOwnPart(actor: Actor, region: string): void {
  if (actor.region === null || actor.region === region) return;
  throw new DomainError('region.not-leading', { region: actor.region, leads: region });
}
