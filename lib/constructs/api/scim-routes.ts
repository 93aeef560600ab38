/** The property name of a function in `ScimFunctions`. */
export type RouteTarget = 'users' | 'groups' | 'bulk' | 'search' | 'discovery' | 'readiness' | 'notFound';

/** The protocol version, which is the root path of all resources. */
export const SCIM_VERSION = 'v2';

/**
 * The paths of the API and their functions. A function answers every method of its paths and refuses the
 * wrong ones. Each branch ends in a greedy path: a greedy path does not match its own parent, and AWS does
 * not document that it matches paths below its siblings.
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
