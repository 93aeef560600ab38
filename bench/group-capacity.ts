import { measureRequest, type MeteredDomain, type OperationCost } from './capacity';

const patchBody = (op: string, path: string, value: unknown): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op, path, value }],
});

/**
 * Measures each operation on a group once, in a domain without other groups. `spread` makes a group spread.
 */
export async function measureGroupOperations(
  domain: MeteredDomain,
  spread: (groupId: string) => Promise<unknown>,
): Promise<OperationCost[]> {
  const user = await domain.request('POST', '/Users', { userName: 'member-of-a-group@example.com' });
  const members = [{ value: (user.body as { id: string }).id }];
  const costs: OperationCost[] = [];
  const measure = async (operation: string, method: string, path: string, body?: object) => {
    const measured = await measureRequest(domain, operation, method, path, body);
    costs.push(measured.cost);
    return measured.body as { id: string };
  };
  const { id } = await measure('create a group', 'POST', '/Groups', { displayName: 'Sales' });
  const [path, withoutMembers] = [`/Groups/${id}`, 'excludedAttributes=members'];
  await measure('get a group without members', 'GET', `${path}?${withoutMembers}`);
  await measure('list groups without members', 'GET', `/Groups?${withoutMembers}`);
  await spread(id);
  await measure('get a spread group without members', 'GET', `${path}?${withoutMembers}`);
  await measure('list groups, one is spread', 'GET', `/Groups?${withoutMembers}`);
  await measure('add a member to a spread group', 'PATCH', path, patchBody('add', 'members', members));
  await measure(
    'remove a member from a spread group',
    'PATCH',
    path,
    patchBody('remove', 'members', members),
  );
  const rename = patchBody('replace', 'displayName', 'Marketing');
  await measure('rename a spread group (PATCH)', 'PATCH', path, rename);
  return costs;
}

/** Measures a read and a change of a user in `size` groups, whose names the response shows. */
export async function measureUserInGroups(domain: MeteredDomain, size: number): Promise<OperationCost[]> {
  const user = await domain.request('POST', '/Users', { userName: `in-${size}-groups@example.com` });
  const { id } = user.body as { id: string };
  for (let at = 0; at < size; at++)
    await domain.request('POST', '/Groups', { displayName: `${at} of ${size}`, members: [{ value: id }] });
  const rename = patchBody('replace', 'displayName', 'Jane');
  const costs: OperationCost[] = [];
  for (const [operation, method, query, body] of [
    ['get a user', 'GET', ''],
    ['get a user without groups', 'GET', '?excludedAttributes=groups'],
    ['change displayName (PATCH) of a user', 'PATCH', '', rename],
  ] as const) {
    const name = `${operation} in ${size} groups`;
    costs.push((await measureRequest(domain, name, method, `/Users/${id}${query}`, body)).cost);
  }
  return costs;
}
