import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { SyncPointTemplate } from '../core/sync/sync-point.js';
import type { Tx } from './tx.js';

export const syncTemplateTable = defineEntity({
  name: 'SyncTemplate',
  tableName: 'sync_templates',
  properties: {
    scheme: p.string().primary(),
    id: p.string().primary(),
    scope: p.string().$type<SyncPointTemplate['scope']>(),
    /** Place in the scheme's list, from 0. */
    position: p.integer(),
    definition: p.json<SyncPointTemplate>(),
  },
});

export type SyncTemplateRow = Readonly<InferEntity<typeof syncTemplateTable>>;

/** Keeps what every activity and call of a scheme gets from now on; sync points that are placed stay as they are. */
export async function putSyncTemplates(
  tx: Tx,
  scheme: string,
  templates: readonly SyncPointTemplate[],
): Promise<void> {
  await tx.execute('delete from sync_templates where scheme = ?', [scheme]);
  for (const [position, definition] of templates.entries()) {
    const { id, scope } = definition;
    tx.persist(tx.create(syncTemplateTable, { scheme, id, scope, position, definition }));
  }
  await tx.flush();
}

/** The templates of a scheme for activities or for calls, in the scheme's order. */
export async function listSyncTemplates(
  tx: Tx,
  scheme: string,
  scope: SyncPointTemplate['scope'],
): Promise<readonly SyncPointTemplate[]> {
  const rows = await tx.find(syncTemplateTable, { scheme, scope }, { orderBy: { position: 'asc' } });
  return rows.map(({ definition }) => definition);
}
