import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../../core/terms/domain-error.js';

/** Readers of events at the same time in one process: each asks the database twice a second. */
export const OPEN_STREAMS_MAX = 100;

/** The answers that are still being written. When the server stops they end first: it would wait for them. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();

  /** @throws DomainError `request.rate-limited` when there are too many */
  add(): AbortController {
    if (this.open.size >= OPEN_STREAMS_MAX) {
      throw new DomainError('request.rate-limited', { limit: OPEN_STREAMS_MAX }, 'later');
    }
    const controller = new AbortController();
    this.open.add(controller);
    controller.signal.addEventListener('abort', () => this.open.delete(controller), { once: true });
    return controller;
  }

  /** How many are open. */
  get size(): number {
    return this.open.size;
  }

  onModuleDestroy(): void {
    for (const controller of this.open) controller.abort();
  }
}
