import type { Instant } from '../core/terms/instant.js';
import type { EffectSender } from '../queue/effect-sender.js';
import type { Database } from '../store/database.js';
import type { Tx } from '../store/tx.js';

/** What the relay works with. */
export interface RelayDeps {
  readonly database: Database;
  readonly sender: EffectSender;
  /** The scheme's time, which development can move: by it timers fall due. */
  readonly clock: { now(tx: Tx): Promise<Instant> };
  /**
   * The real time, which nobody moves: by it leases run out and effects are sent again. Of the database server, so
   * that relays on machines whose clocks differ agree on when a lease has run out.
   */
  readonly machineNow: (tx: Tx) => Instant | Promise<Instant>;
}
