import type { Rulebook } from '../../core/gates/rulebook.js';
import type { DecisionFilter } from '../../store/decision-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { backtestRulebook, type BacktestReport } from './backtest-rulebook.js';

/** What one request may run and be answered with: some seconds, and less than a megabyte. */
export const REQUEST_LIMITS = { decisionsMax: 10_000, flipsMax: 500 } as const;

/**
 * A backtest as a person asks for it: bounded, with `isComplete` false where the bound cut. Writes nothing but the
 * answer for a repeated key.
 *
 * @throws DomainError `auth.role-forbidden`, `idempotency.key-reused`
 */
export async function requestBacktest(
  deps: EngineDeps,
  command: CommandContext & { readonly rulebook: Rulebook; readonly filter: DecisionFilter },
): Promise<BacktestReport> {
  requireRole(command.actor, ['administrator', 'coordinator', 'auditor', 'system']);
  const { rulebook, filter } = command;
  return runCommand(deps, command, (tx) =>
    backtestRulebook(deps, tx, { rulebook, filter, limits: REQUEST_LIMITS }),
  );
}
