import { runProcess } from './app/run-process.js';
import { startCordata } from './app/start-cordata.js';

// The worker alone, whatever CORDATA_ROLE says.
await runProcess((settings) => startCordata({ ...settings, role: 'worker' }));
