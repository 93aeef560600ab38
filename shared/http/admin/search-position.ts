import * as z from 'zod/mini';
import type { SearchPosition } from '../../service/users/user-search';
import { isKeyText, nameKeyOf } from '../../store/table/keys';
import { ID_POSITION } from './paging';

const AMONG_ALL: z.ZodMiniType<SearchPosition> = z.object({ in: z.literal('ids'), id: ID_POSITION });

/** The positions that a search for `text` has, or the list of all without one: DynamoDB refuses to begin outside of what it reads. */
export function searchPositions(text: string | undefined): z.ZodMiniType<SearchPosition> {
  if (!text) return AMONG_ALL;
  const prefix = nameKeyOf(text);
  const nameKey = z.string().check(z.refine((key) => isKeyText(key) && key.startsWith(prefix)));
  return z.discriminatedUnion('in', [
    z.object({ in: z.literal('names'), id: ID_POSITION, nameKey }),
    z.object({ in: z.literal('licenses'), id: z.optional(ID_POSITION) }),
  ]);
}
