import { instantFromMs } from '../core/terms/instant.js';
import type { EngineDeps, ForkStage, ForkTheatre } from '../engine/engine-deps.js';
import { makeMailboxChannel } from '../notices/mailbox-channel.js';
import type { NoticeRenderer } from '../notices/render-notice.js';
import type { EffectSender } from '../queue/effect-sender.js';
import { simulatedClock } from '../rehearsal/simulated-clock.js';
import { drainOnce } from '../relay/drain-once.js';
import { QUIET_EFFECTS } from '../store/fork-store.js';
import { makeInlineSender } from './inline-sender.js';

const COUNTER_HEX_DIGITS = 12;

/**
 * Where forks are played: on the tables of their own schema, under a simulated clock, every effect applied on the spot.
 * Those that only tell somebody, or look after the installation, are passed over, and no channel for mail is there.
 *
 * @param engine of the installation; only its database and its definitions are used
 */
export function makeForkTheatre(
  engine: Pick<EngineDeps, 'database' | 'catalog' | 'workshop'>,
  render: NoticeRenderer,
): ForkTheatre {
  return {
    open(schema, start): ForkStage {
      const clock = simulatedClock(start);
      const { catalog, workshop } = engine;
      const database = engine.database.within(schema);
      const deps = {
        database,
        catalog,
        clock,
        newId: forkIds(),
        ...(workshop === undefined ? {} : { workshop }),
      };
      const sender = changingOnly(
        makeInlineSender({ engine: deps, render, mailChannel: makeMailboxChannel(async () => {}) }),
      );
      const relay = { database, clock, sender, machineNow: () => instantFromMs(Date.now()) };
      return {
        deps,
        async drain() {
          for (;;) {
            const { timersFired, effectsSent } = await drainOnce(relay, { sweep: false });
            if (timersFired + effectsSent === 0) return;
          }
        },
      };
    },
  };
}

function changingOnly({ send, resend }: EffectSender): EffectSender {
  const quiet = new Set(QUIET_EFFECTS);
  return {
    send: (effects) => send(effects.filter(({ payload }) => !quiet.has(payload.type))),
    resend: (effects) => resend(effects.filter(({ payload }) => !quiet.has(payload.type))),
  };
}

/** Ids that count up, so that two plays give the same ones, and behind all that an installation makes. */
function forkIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `ffffffff-0000-7000-8000-${count.toString(16).padStart(COUNTER_HEX_DIGITS, '0')}`;
  };
}
