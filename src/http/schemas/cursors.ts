import { z } from 'zod';
import type { Instant } from '../../core/terms/instant.js';

const SEQUENCE_MAX = 2_147_483_647;
const ID_LENGTH_MAX = 200;

/** Keys of cursors: they come back from outside, so they are judged like any other input. */
export const uuidKeySchema = z.guid();
export const sequenceKeySchema = z.int().min(0).max(SEQUENCE_MAX);
export const idKeySchema = z.string().max(ID_LENGTH_MAX);
export const inboxKeySchema = z.strictObject({
  createdAt: z.iso.datetime() as unknown as z.ZodType<Instant>,
  id: z.guid(),
});
