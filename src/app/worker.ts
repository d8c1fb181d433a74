import { buryEffect } from '../jobs/bury-effect.js';
import { handleEffect } from '../jobs/handle-effect.js';
import { isHopeless } from '../jobs/hopeless.js';
import { tellLeftAlone } from '../jobs/left-alone.js';
import { makeEffectSender } from '../queue/effect-sender.js';
import { startEffectWorker } from '../queue/effect-worker.js';
import { openQueueConnection } from '../queue/queue-connection.js';
import { startRelay } from '../relay/relay.js';
import { openMailChannel } from './mail-channel.js';
import type { Runtime } from './runtime.js';

/** The part of a process that carries effects out: relay, queues and jobs. */
export interface Worker {
  /** Throws when the queues do not answer. */
  ping(): Promise<void>;
  /** Takes nothing new, lets running jobs finish within the grace, and closes. False when some were cut short. */
  stop(): Promise<boolean>;
}

/** @throws DomainError `queue.unreachable` */
export async function startWorker(runtime: Runtime, log: (line: string) => void): Promise<Worker> {
  const { settings, engine, definitions } = runtime;
  const connection = await openQueueConnection({
    databaseUrl: runtime.databaseUrl,
    redisUrl: settings.redisUrl,
    log,
  });
  const mailChannel = openMailChannel(settings, engine);
  const jobDeps = { engine, render: definitions.render, mailChannel, onLeftAlone: tellLeftAlone(log) };
  try {
    const effects = await startEffectWorker({
      connection,
      concurrency: settings.workerConcurrency,
      handle: (effect) => handleEffect(jobDeps, effect),
      isHopeless,
      onExhausted: (death) => buryEffect(jobDeps, death),
      log,
    });
    const relay = startRelay({
      database: engine.database,
      sender: makeEffectSender(connection),
      clock: engine.clock,
      machineNow: runtime.machineNow,
      pollMs: settings.relayPollMs,
      log,
    });
    return {
      ping: () => connection.ping(),
      // First the inflow, then the work at hand, then the connections it needs.
      async stop() {
        await relay.stop();
        const drained = await effects.close(settings.shutdownGraceMs);
        mailChannel.close();
        await connection.close();
        return drained;
      },
    };
  } catch (error) {
    mailChannel.close();
    await connection.close();
    throw error;
  }
}
