import type { Command } from 'commander';
import type { Finding } from '../core/proof/finding.js';
import type { Examination } from '../engine/doctor/examination.js';
import { examine } from '../engine/doctor/examine.js';
import { examineTwice, raiseFindings } from '../engine/doctor/run-doctor.js';
import { onRuntime } from './on-runtime.js';

interface DoctorOptions {
  readonly json?: true;
  readonly deep?: true;
  readonly raise?: true;
}

/** What can be asked of the doctor from the command line. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look for what stands still or cannot go on; exit code 1 if anything is found')
    .option('--json', 'one JSON object instead of lines')
    .option('--deep', 'verify the history of every cycle, not of a few in turn')
    .option('--raise', 'raise an incident for each finding, and resolve those that are gone')
    .action(({ json, deep, raise }: DoctorOptions) =>
      onRuntime(async ({ engine }) => {
        const options = { deep: deep === true };
        // What is raised is told to people, so it has to be there twice.
        const examination = await (raise === true ? examineTwice : examine)(engine, options);
        if (json === true) console.log(JSON.stringify(plain(examination)));
        else for (const line of examinationLines(examination)) console.log(line);
        if (raise === true) {
          const { raised, resolved } = await raiseFindings(engine, examination);
          console.error(`${raised} incidents raised, ${resolved} resolved`);
        }
        if (examination.findings.length > 0) process.exitCode = 1;
      }),
    );
}

/** As `GET /doctor` answers in English. */
function plain({ examinedAt, findings, checked }: Examination): object {
  return {
    healthy: findings.length === 0,
    examinedAt,
    findings: findings.map(({ cycleId, cause, remedy, ...finding }) => ({
      ...finding,
      cycle: cycleId,
      cause: cause.en,
      remedy: remedy.en,
    })),
    checked,
  };
}

function examinationLines({ findings, checked }: Examination): readonly string[] {
  const counts = Object.entries(checked).map(([what, count]) => `${String(count)} ${what}`);
  return [
    ...findings.flatMap(findingLines),
    `looked at ${counts.join(', ')}`,
    findings.length === 0 ? 'nothing found' : `${findings.length} findings`,
  ];
}

function findingLines({ code, subject, severity, cause, remedy, details }: Finding): readonly string[] {
  return [
    `${severity}  ${code}  ${subject}`,
    `  cause    ${cause.en}`,
    `  remedy   ${remedy.en}`,
    `  details  ${JSON.stringify(details)}`,
  ];
}
