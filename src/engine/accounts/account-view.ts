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
  /** Account id of whoever has disabled it, and why; both null where it lives. */
  readonly disabledBy: string | null;
  readonly disabledReason: string | null;
}

export function accountView(account: AccountRow): AccountView {
  const { id, name, role, region, language, email, createdAt, disabledAt, disabledBy, disabledReason } =
    account;
  return {
    id,
    name,
    role,
    region: region ?? null,
    language,
    email,
    createdAt,
    disabledAt: disabledAt ?? null,
    disabledBy: disabledBy ?? null,
    disabledReason: disabledReason ?? null,
  };
}
