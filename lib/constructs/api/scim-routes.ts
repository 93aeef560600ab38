/** Names of the functions behind the API, as `ScimFunctions` has them. */
export type RouteTarget = 'users' | 'groups' | 'bulk' | 'search' | 'discovery' | 'readiness' | 'notFound';

/** The version of the protocol, root of all resources. */
export const SCIM_VERSION = 'v2';

/**
 * Every path of the API and the function that answers it, whatever the method: which ones it serves is the function's
 * own knowledge. A greedy path does not catch its own parent, and nothing says that it catches what lies beneath its
 * siblings, so each branch ends in one.
 */
export const ROUTES: readonly (readonly [path: string, target: RouteTarget])[] = [
  ['/', 'notFound'],
  ['/{proxy+}', 'notFound'],
  [`/${SCIM_VERSION}`, 'search'],
  [`/${SCIM_VERSION}/{proxy+}`, 'notFound'],
  ...collectionRoutes('Users', 'users'),
  ...collectionRoutes('Groups', 'groups'),
  // Microsoft's Postman collection writes these in lower case.
  ...collectionRoutes('users', 'users'),
  ...collectionRoutes('groups', 'groups'),
  [`/${SCIM_VERSION}/.search`, 'search'],
  [`/${SCIM_VERSION}/.search/{proxy+}`, 'notFound'],
  [`/${SCIM_VERSION}/Bulk`, 'bulk'],
  [`/${SCIM_VERSION}/Bulk/{proxy+}`, 'notFound'],
  ...collectionRoutes('ResourceTypes', 'discovery'),
  ...collectionRoutes('Schemas', 'discovery'),
  [`/${SCIM_VERSION}/ServiceProviderConfig`, 'discovery'],
  [`/${SCIM_VERSION}/ServiceProviderConfig/{proxy+}`, 'notFound'],
  [`/${SCIM_VERSION}/readiness`, 'readiness'],
  [`/${SCIM_VERSION}/readiness/{proxy+}`, 'notFound'],
];

function collectionRoutes(name: string, target: RouteTarget): [string, RouteTarget][] {
  const path = `/${SCIM_VERSION}/${name}`;
  return [
    [path, target],
    [`${path}/{id}`, target],
    [`${path}/{id}/{proxy+}`, 'notFound'],
  ];
}
