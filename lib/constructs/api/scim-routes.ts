import {
  METADATA_PATH,
  STANDARD_METADATA_PATH,
  TOKEN_PATH,
  WELL_KNOWN,
} from '../../../shared/credentials/oauth-paths';

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
  // In lower case as well, like users and groups.
  ...['Bulk', 'bulk'].flatMap((name): [string, RouteTarget][] => [
    [`/${SCIM_VERSION}/${name}`, 'bulk'],
    [`/${SCIM_VERSION}/${name}/{proxy+}`, 'notFound'],
  ]),
  ...['Roles', 'Entitlements', 'Licenses', 'roles', 'entitlements', 'licenses'].flatMap((name) =>
    collectionRoutes(name, 'discovery'),
  ),
  ...collectionRoutes('ResourceTypes', 'discovery'),
  ...collectionRoutes('Schemas', 'discovery'),
  ...serviceProviderConfigRoutes('ServiceProviderConfig'),
  // API Gateway compares paths with case, and only a path of its own can be open.
  ...serviceProviderConfigRoutes('serviceproviderconfig'),
  [`/${SCIM_VERSION}/readiness`, 'readiness'],
  [`/${SCIM_VERSION}/readiness/{proxy+}`, 'notFound'],
  ...unknownPaths(`/${WELL_KNOWN}`, METADATA_PATH),
  ...unknownPaths(STANDARD_METADATA_PATH.replace(/\/\w+$/, ''), STANDARD_METADATA_PATH),
  ...unknownPaths(TOKEN_PATH.replace(/\/\w+$/, '')),
  [`${TOKEN_PATH}/{proxy+}`, 'notFound'],
];

/**
 * The paths whose GET needs no credential. The function checks the credential of a SCIM request if the client
 * sends one.
 */
export const OPEN_PATHS: readonly string[] = [
  `/${SCIM_VERSION}/ServiceProviderConfig`,
  `/${SCIM_VERSION}/serviceproviderconfig`,
  METADATA_PATH,
  STANDARD_METADATA_PATH,
];

/**
 * Returns the paths of a branch that has no resources, and of its `leaves`, which have one for other methods.
 */
function unknownPaths(branch: string, ...leaves: string[]): [string, RouteTarget][] {
  return [branch, ...leaves].flatMap((path): [string, RouteTarget][] => [
    [path, 'notFound'],
    [`${path}/{proxy+}`, 'notFound'],
  ]);
}

function serviceProviderConfigRoutes(name: string): [string, RouteTarget][] {
  const path = `/${SCIM_VERSION}/${name}`;
  return [
    [path, 'discovery'],
    [`${path}/{proxy+}`, 'notFound'],
  ];
}

function collectionRoutes(name: string, target: RouteTarget): [string, RouteTarget][] {
  const path = `/${SCIM_VERSION}/${name}`;
  return [
    [path, target],
    [`${path}/{id}`, target],
    [`${path}/{id}/{proxy+}`, 'notFound'],
  ];
}
