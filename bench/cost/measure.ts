import { measureRequest, type MeteredDomain, type OperationCost } from '../capacity';

const patch = (value: object): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
});

/**
 * Measures what Okta sends besides the operations of `npm run bench -- capacity`. `addUsers` first writes 100
 * users into the domain, which has no others.
 */
export async function measureOktaOperations(
  domain: MeteredDomain,
  addUsers: () => Promise<unknown>,
): Promise<OperationCost[]> {
  const group = await domain.request('POST', '/Groups', { displayName: 'Sales' });
  const { id } = group.body as { id: string };
  const push = patch({ id, displayName: 'Sales' });
  const rename = await measureRequest(
    domain,
    'repeat the name of a group (PATCH)',
    'PATCH',
    `/Groups/${id}`,
    push,
  );
  await addUsers();
  const page = await measureRequest(
    domain,
    'list a page of 100 users',
    'GET',
    '/Users?startIndex=1&count=100',
  );
  return [rename.cost, page.cost];
}
