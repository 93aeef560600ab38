import { measureUserOperations, type OperationCost } from '../../bench/capacity';
import { accessToken, createOAuthClient, requestToken } from '../support/oauth/token-client';
import {
  clientWithKey,
  createDomainClient,
  type DomainClient,
  domainAdmin,
  OPERATOR,
  takeCanceled,
  takeCapacity,
} from '../support/system/system';

/** Creates a domain, and returns its client with a SCIM key and its client with an access token. */
async function createClients(): Promise<{ byKey: DomainClient; byToken: DomainClient }> {
  const byKey = await createDomainClient();
  const token = await accessToken(await createOAuthClient(byKey.domainId));
  return { byKey, byToken: clientWithKey(byKey.domainId, token) };
}

/** Returns the read and write units of a request, in total. */
async function unitsOf(client: DomainClient, send: () => Promise<unknown>): Promise<number[]> {
  await takeCapacity(client.domainId);
  await send();
  const records = await takeCapacity(client.domainId);
  return [
    records.reduce((sum, { read }) => sum + read, 0),
    records.reduce((sum, { write }) => sum + write, 0),
  ];
}

/** Flushes the cache of the authorizer, as every change of a domain that concerns it does. */
const flush = async ({ domainId }: DomainClient) =>
  (await domainAdmin()).updateDomain(domainId, { scimEnabled: true }, OPERATOR);

it('every operation with an access token costs what it costs with a SCIM key', async () => {
  const measure = ({ domainId, request }: DomainClient): Promise<OperationCost[]> =>
    measureUserOperations({
      request,
      takeCapacity: () => takeCapacity(domainId),
      takeCanceled: () => takeCanceled(domainId),
    });
  const [key, token] = [await createClients(), await createClients()];
  expect(await measure(token.byToken)).toEqual(await measure(key.byKey));
});

it('the authorizer reads and writes the same for an access token as for a SCIM key', async () => {
  const { byKey, byToken } = await createClients();
  const first = async (client: DomainClient) => {
    await flush(client);
    return unitsOf(client, () => client.request('GET', '/ResourceTypes'));
  };
  const [read = 0, write = 0] = await first(byKey);
  expect(await first(byToken)).toEqual([read, write]);
  // The credential and its domain, and the use of the credential.
  expect([read, write]).toEqual([2, 1]);
});

it('an access token costs one read and one write', async () => {
  const { byKey } = await createClients();
  const client = await createOAuthClient(byKey.domainId);
  expect(await unitsOf(byKey, () => requestToken(client))).toEqual([1, 1]);
});
