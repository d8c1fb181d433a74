import { runProcess } from './app/run-process.js';
import { startCordata } from './app/start-cordata.js';

// API, worker or both in one process, as CORDATA_ROLE says.
await runProcess((settings) => startCordata(settings));
