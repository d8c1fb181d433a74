import { makeInlineSender } from '../../src/app/inline-sender.js';
import { instantFromMs } from '../../src/core/terms/instant.js';
import { keepInMailbox } from '../../src/engine/notices/keep-in-mailbox.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { shippedDefinitions, type TestEngine } from './engine.js';

/** Fires due timers and carries out every effect that waits, and those that follow, until none is left. */
export async function carryOutEffects(engine: TestEngine): Promise<void> {
  const { deps } = engine;
  const sender = makeInlineSender({
    engine: deps,
    render: shippedDefinitions().render,
    mailChannel: makeMailboxChannel((mail) => keepInMailbox(deps, mail)),
  });
  const machineNow = () => instantFromMs(Date.now());
  for (;;) {
    const { timersFired, effectsSent } = await drainOnce(
      { database: deps.database, clock: deps.clock, sender, machineNow },
      { sweep: false },
    );
    if (timersFired + effectsSent === 0) return;
  }
}
