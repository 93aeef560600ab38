/** Names of the functions behind the API, as `ScimFunctions` has them. */
export type RouteTarget = 'users' | 'groups' | 'bulk' | 'search' | 'discovery' | 'readiness' | 'notFound';

/** The version of the protocol, root of all resources. */
export const VERSION = 'v2';

/**
 * Every path of the API and the function that answers it, whatever the method: which ones it serves is the function's
 * own knowledge. A greedy path does not catch its own parent, and nothing says that it catches what lies beneath its
 * siblings, so each branch ends in one.
 */
export const ROUTES: readonly (readonly [path: string, target: RouteTarget])[] = [
  ['/', 'notFound'],
  ['/{proxy+}', 'notFound'],
  [`/${VERSION}`, 'search'],
  [`/${VERSION}/{proxy+}`, 'notFound'],
  ...collection('Users', 'users'),
  ...collection('Groups', 'groups'),
  // Microsoft's Postman collection writes these in lower case.
  ...collection('users', 'users'),
  ...collection('groups', 'groups'),
  [`/${VERSION}/.search`, 'search'],
  [`/${VERSION}/.search/{proxy+}`, 'notFound'],
  [`/${VERSION}/Bulk`, 'bulk'],
  [`/${VERSION}/Bulk/{proxy+}`, 'notFound'],
  ...collection('ResourceTypes', 'discovery'),
  ...collection('Schemas', 'discovery'),
  [`/${VERSION}/ServiceProviderConfig`, 'discovery'],
  [`/${VERSION}/ServiceProviderConfig/{proxy+}`, 'notFound'],
  [`/${VERSION}/readiness`, 'readiness'],
  [`/${VERSION}/readiness/{proxy+}`, 'notFound'],
];

function collection(name: string, target: RouteTarget): [string, RouteTarget][] {
  const path = `/${VERSION}/${name}`;
  return [
    [path, target],
    [`${path}/{id}`, target],
    [`${path}/{id}/{proxy+}`, 'notFound'],
  ];
}
