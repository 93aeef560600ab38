import type { ClientResponse, DomainClient } from '../system/system';

export interface ListBody {
  readonly schemas: readonly string[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly Resources: readonly (Record<string, unknown> & { readonly id: string })[];
}

/** The body of a list that was found; fails for anything else. */
export function expectList(answer: ClientResponse): ListBody {
  expect(answer).toMatchObject({ status: 200, body: { Resources: expect.any(Array) as unknown } });
  const list = answer.body as ListBody;
  expect(list.itemsPerPage).toBe(list.Resources.length);
  return list;
}

/** What `path?filter=…` finds; the filter is sent percent-encoded. */
export const findByFilter = async (domain: DomainClient, path: string, filter: string): Promise<ListBody> =>
  expectList(await domain.request('GET', `${path}?filter=${encodeURIComponent(filter)}`));
