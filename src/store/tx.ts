import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * An open transaction, first argument of every store function. Only `Database.transact` and `Database.read`
 * make one, so that "am I inside?" can be read off the page.
 */
export type Tx = EntityManager & { readonly __inTransaction: true };
