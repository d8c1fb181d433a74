import type { Instant } from '../../core/terms/instant.js';
import type { Language } from '../../core/terms/language.js';
import type { AccountRole } from '../../core/terms/role.js';
import type { AccountRow } from '../../store/account-store.js';

/** An account without what its token is known by. */
export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  /** NUTS code of an authority's region; null for every other role. */
  readonly region: string | null;
  readonly language: Language;
  readonly email: string;
  readonly createdAt: Instant;
  /** Since when its token does not work; null: it lives. */
  readonly disabledAt: Instant | null;
}

export function accountView(account: AccountRow): AccountView {
  const { id, name, role, region, language, email, createdAt, disabledAt } = account;
  return {
    id,
    name,
    role,
    region: region ?? null,
    language,
    email,
    createdAt,
    disabledAt: disabledAt ?? null,
  };
}
