import { makeDataDir, startProcess, type CordataProcess } from '../process/cordata-process.js';
import { makeLedger, type Ledger } from './ledger.js';
import type { OwnServer } from './own-server.js';
import { startWireProxy, type WireProxy } from './wire-proxy.js';

/** A program on a database of its own, behind a proxy, and what was wished of it. */
export interface FaultStage {
  readonly proxy: WireProxy;
  readonly ledger: Ledger;
  /** Of the database, past the proxy; another one when the server has been started again. */
  url(): string;
  /** A process of the built program. Role and further variables as given; by default behind the proxy. */
  start(environment?: Readonly<Record<string, string>>): Promise<CordataProcess>;
  /** Ends every process that was started here and still runs. */
  close(): Promise<void>;
}

export async function openStage(server: OwnServer, database: string): Promise<FaultStage> {
  await server.makeDatabase(database);
  const proxy = await startWireProxy(server.port());
  const data = makeDataDir();
  const started: CordataProcess[] = [];
  const url = (): string => server.urlOf(database);
  return {
    proxy,
    ledger: makeLedger(),
    url,
    async start(environment = {}) {
      const cordata = await startProcess({
        DATABASE_URL: proxy.through(url()),
        CORDATA_MODE: 'development',
        CORDATA_DATA_DIR: data.path,
        ...environment,
      });
      started.push(cordata);
      return cordata;
    },
    async close() {
      for (const cordata of started) await cordata.end('SIGKILL');
      await proxy.close();
      data.remove();
    },
  };
}
