import { commitmentTable, type CommitmentSums } from '../../core/calls/commitments.js';
import type { Parting, ProjectRow, StoredGrant, StoredMoney } from '../../store/award-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { callBudget } from './call-budget.js';
import type { CallRecord } from './call-record.js';
import type { Dossier } from './dossier.js';
import { storedMoney } from './stored-money.js';

type StoredSums = Readonly<Record<keyof CommitmentSums, string>>;

/** The projects of a call and the table of its money. */
export interface ProjectsView {
  readonly scheme: string;
  readonly callKey: string;
  readonly cycleId: string;
  readonly version: number;
  /** In the order of the ranking; empty before it. */
  readonly projects: readonly {
    readonly proposal: string;
    readonly acronym: string;
    readonly rank: number;
    readonly status: ProjectRow['status'];
    readonly unpaidBy: ProjectRow['unpaidBy'];
    readonly grants: readonly StoredGrant[];
    readonly parted: readonly Parting[];
    readonly droppedReason: string | null;
    readonly startOn: string | null;
  }[];
  /** Per region and purse: committed = reserved + granted + free. */
  readonly money: {
    readonly rows: readonly ({
      readonly region: string;
      readonly purse: 'own' | 'pot';
      readonly currency: string;
    } & StoredSums)[];
    /** Per currency; different currencies are never added. */
    readonly totals: readonly ({ readonly currency: string } & StoredSums)[];
  };
}

/** Plain JSON. */
export function projectsView(
  call: CallRecord,
  cycle: Pick<CycleRow, 'id' | 'version'>,
  dossier: Dossier,
): ProjectsView {
  const { rows, totals } = commitmentTable(callBudget(call, dossier));
  const acronymOf = new Map(dossier.files.map(({ row }) => [row.id, row.acronym]));
  return {
    scheme: call.scheme,
    callKey: call.key,
    cycleId: cycle.id,
    version: cycle.version,
    projects: dossier.projects.map((project) => ({
      proposal: project.proposalId,
      acronym: acronymOf.get(project.proposalId) ?? '',
      rank: project.rank,
      status: project.status,
      unpaidBy: project.unpaidBy,
      grants: project.grants,
      parted: project.parted,
      droppedReason: project.droppedReason ?? null,
      startOn: project.startOn ?? null,
    })),
    money: {
      rows: rows.map((row) => ({
        region: row.region,
        purse: row.purse,
        currency: row.committed.currency,
        ...sums(row),
      })),
      totals: totals.map((row) => ({ currency: row.currency, ...sums(row) })),
    },
  };
}

function sums({ committed, reserved, granted, free }: CommitmentSums): StoredSums {
  const text = (money: typeof committed): StoredMoney['amount'] => storedMoney(money).amount;
  return {
    committed: text(committed),
    reserved: text(reserved),
    granted: text(granted),
    free: text(free),
  };
}
