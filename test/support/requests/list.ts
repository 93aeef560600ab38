import type { ClientResponse, DomainClient } from '../system/system';

export interface ListBody {
  readonly schemas: readonly string[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly Resources: readonly (Record<string, unknown> & { readonly id: string })[];
}

/** Returns the body of a successful list; fails for any other response. */
export function expectList(response: ClientResponse): ListBody {
  expect(response).toMatchObject({ status: 200, body: { Resources: expect.any(Array) as unknown } });
  const list = response.body as ListBody;
  expect(list.itemsPerPage).toBe(list.Resources.length);
  return list;
}

/** Returns the resources that match a filter, which is not encoded. */
export const findByFilter = async (domain: DomainClient, path: string, filter: string): Promise<ListBody> =>
  expectList(await domain.request('GET', `${path}?filter=${encodeURIComponent(filter)}`));
