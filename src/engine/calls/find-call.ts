import { DomainError } from '../../core/terms/domain-error.js';
import { findCall, findCallsByKey, type CallRow } from '../../store/call-store.js';
import type { Tx } from '../../store/tx.js';

/** Names a call. */
export interface CallRef {
  /** Null: the only scheme that has a call of this key. */
  readonly scheme: string | null;
  readonly key: string;
}

/** The call. @throws DomainError `call.not-found`, also when several schemes have one of this key and none is named */
export async function getCall(tx: Tx, { scheme, key }: CallRef): Promise<CallRow> {
  const found = scheme === null ? await findCallsByKey(tx, key) : [await findCall(tx, scheme, key)];
  const [call] = found.length === 1 ? found : [];
  if (call === undefined || call === null) throw new DomainError('call.not-found', { scheme, key });
  return call;
}
