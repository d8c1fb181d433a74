import { runCommandLine } from './app/command-line.js';

await runCommandLine(process.argv);
