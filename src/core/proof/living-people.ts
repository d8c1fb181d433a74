import { accountRoleFor, type AccountRole, type StakeholderRole } from '../terms/role.js';

/** Who can log in: as much of the living accounts as decides whether somebody may do a thing. */
export interface LivingPeople {
  /** Account ids. */
  readonly ids: ReadonlySet<string>;
  /** Roles of the whole scheme that somebody has. */
  readonly roles: ReadonlySet<AccountRole>;
  /** NUTS codes of the regions that have an authority. */
  readonly regions: ReadonlySet<string>;
}

export function livingPeople(
  accounts: readonly { readonly id: string; readonly role: AccountRole; readonly region: string | null }[],
): LivingPeople {
  return {
    ids: new Set(accounts.map(({ id }) => id)),
    roles: new Set(accounts.map(({ role }) => role)),
    regions: new Set(accounts.flatMap(({ region }) => (region === null ? [] : [region]))),
  };
}

/** Whether somebody answers for this role in this region; the coordinator's standing in does not count. */
export function hasAnswering(people: LivingPeople, role: StakeholderRole, region: string): boolean {
  const account = accountRoleFor(role);
  if (account === null) return false;
  return account === 'authority' ? people.regions.has(region) : people.roles.has(account);
}

/**
 * Whether somebody may record a fact of this owner in a cycle of this region: an authority speaks for its region, the
 * coordinator may pass on everything but what only an administrator answers for. Nobody records what Cordata derives.
 */
export function hasRecorder(people: LivingPeople, owner: StakeholderRole, region: string): boolean {
  const account = accountRoleFor(owner);
  if (account === null) return false;
  if (account === 'administrator') return people.roles.has('administrator');
  return people.regions.has(region) || people.roles.has('coordinator');
}

/** A waiting task, as much of it as decides who may do it. */
export interface WaitingWork {
  readonly actingRegion: string;
  readonly candidateRoles: readonly StakeholderRole[];
  readonly candidatePeople: readonly string[];
  /** Account id; null: nobody has taken it. */
  readonly assignee: string | null;
}

/** Whether one of those lives whom the task is meant for: its assignee, a named person, or a role of its region. */
export function hasWorker(people: LivingPeople, work: WaitingWork): boolean {
  if (work.assignee !== null) return people.ids.has(work.assignee);
  return hasCandidate(people, work);
}

/** The same, whoever has taken the task. */
export function hasCandidate(people: LivingPeople, work: WaitingWork): boolean {
  return (
    work.candidatePeople.some((id) => people.ids.has(id)) ||
    work.candidateRoles.some((role) => hasAnswering(people, role, work.actingRegion))
  );
}
