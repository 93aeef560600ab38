import { userBody } from './bodies';
import type { DomainClient } from '../system/system';

export interface ProvisionedUser {
  readonly id: string;
  /** Relative to the base URL. */
  readonly path: string;
  readonly userName: string;
  /** Of the version that was created. */
  readonly etag: string;
}

/** Creates a user; the license is mailed to the `userName`. */
export async function provisionUser(
  domain: DomainClient,
  body: { userName: string } = userBody(),
): Promise<ProvisionedUser> {
  const answer = await domain.request('POST', '/Users', body);
  expect(answer).toMatchObject({ status: 201 });
  const { id } = answer.body as { id: string };
  return { id, path: `/Users/${id}`, userName: body.userName, etag: answer.headers.get('etag') ?? '' };
}
