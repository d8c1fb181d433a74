import type { NotifyEffect } from '../../core/terms/effect.js';
import type { Language } from '../../core/terms/language.js';
import { listLivingAccounts } from '../../store/account-life-store.js';
import { listAudience } from '../../store/account-store.js';
import { substitutesFor } from '../absences/substitutions.js';
import type { EngineDeps } from '../engine-deps.js';

/** A person who is to be told something, and in which language. */
export interface Recipient {
  readonly accountId: string;
  readonly name: string;
  readonly language: Language;
  readonly email: string;
}

/**
 * Whom a notice is for, each once, by account id: the audience, the people who are named, and whoever stands in for
 * one of these today. Who is away finds the notice in the inbox nevertheless.
 */
export async function findRecipients(deps: EngineDeps, effect: NotifyEffect): Promise<readonly Recipient[]> {
  const accounts = await deps.database.read(async (tx) => {
    const meant = [
      ...(await listAudience(tx, effect.audience, effect.region)),
      ...(effect.people === undefined ? [] : await listLivingAccounts(tx, effect.people)),
    ];
    return [...meant, ...(await substitutesFor(tx, meant, await deps.clock.now(tx)))];
  });
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return [...byId.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, name, language, email }) => ({ accountId: id, name, language, email }));
}
