import type { NotifyEffect } from '../../core/terms/effect.js';
import type { Language } from '../../core/terms/language.js';
import { listAudience } from '../../store/account-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** A person who is to be told something, and in which language. */
export interface Recipient {
  readonly accountId: string;
  readonly name: string;
  readonly language: Language;
  readonly email: string;
}

/** Whom a notice is for, by account id. */
export async function findRecipients(deps: EngineDeps, effect: NotifyEffect): Promise<readonly Recipient[]> {
  const accounts = await deps.database.read((tx) => listAudience(tx, effect.audience, effect.region));
  return accounts.map(({ id, name, language, email }) => ({ accountId: id, name, language, email }));
}
