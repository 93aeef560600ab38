import { userBody } from './bodies';
import type { DomainClient } from '../system/system';

export interface ProvisionedUser {
  readonly id: string;
  /** The path below the base URL. */
  readonly path: string;
  readonly userName: string;
  /** The ETag of the created version. */
  readonly etag: string;
}

/** Creates a user. The license is sent to the `userName`. */
export async function provisionUser(
  domain: DomainClient,
  body: { userName: string } = userBody(),
): Promise<ProvisionedUser> {
  const response = await domain.request('POST', '/Users', body);
  expect(response).toMatchObject({ status: 201 });
  const { id } = response.body as { id: string };
  return { id, path: `/Users/${id}`, userName: body.userName, etag: response.headers.get('etag') ?? '' };
}
