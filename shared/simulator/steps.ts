import {
  anyList,
  hasId,
  json,
  list,
  members,
  status,
  value,
  type Expectation,
  type ValuePath,
} from './expectation';
import { explainStatus } from './explain-status';
import type { Run, TestUser } from './run-state';
import type { Phase, Step } from './step';
import { type PlainText, say } from './texts/say';
import type { SimulatedRequest } from './wire';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const JSON_OBJECT = [status([200]), json] as const;
/** A change by PATCH may have a response without a body (RFC 7644 §3.5.2). */
const CHANGED = [status([200, 204]), json] as const;

/** The encoding of a filter by an identity provider: spaces as `+` or as `%20`. */
type Spaces = '+' | '%20';

/** Returns the query of a filter for one value. */
export const filterOf = (attribute: string, text: string, spaces: Spaces): string =>
  `filter=${attribute} eq ${encodeURIComponent(JSON.stringify(text))}`.replaceAll(' ', spaces);

export const patch = (path: string, ...operations: readonly object[]): SimulatedRequest => ({
  method: 'PATCH',
  path,
  body: { schemas: [PATCH_OP], Operations: operations },
});

export const userPath = ({ id }: TestUser): string => `/Users/${id}`;
export const groupPath = ({ group }: Run): string => `/Groups/${group.id}`;
export const memberOf = ({ id, userName }: TestUser) => ({ value: id, display: userName });

/** Returns the attributes of a user that every identity provider sends. */
export const profileOf = ({ userName, givenName, familyName }: TestUser) => ({
  userName,
  name: { givenName, familyName },
  emails: [{ value: userName, type: 'work', primary: true }],
});

const UNSEEN =
  'The response must show what the request has stored. Identity providers compare it with their values.';

/** Expects that the user is active or not. */
export const active = (isActive: boolean): Expectation =>
  value(
    ['active'],
    () => isActive,
    isActive
      ? 'Return active as the JSON boolean true for a user who may sign in.'
      : 'Accept the change of active, and return it as the JSON boolean false. Otherwise people who leave keep their access.',
  );

/** A list that only has to be answered. */
export const listStep = (title: PlainText, path: string): Step => ({
  phase: 'test connection',
  title,
  request: () => ({ method: 'GET', path }),
  expect: [...JSON_OBJECT, anyList],
});

/** A search for a user who does not exist yet. */
export const matchStep = (attribute: 'userName' | 'externalId', spaces: Spaces, more = ''): Step => ({
  phase: 'match',
  title: `Search for the user by ${attribute}, before the user exists` as const,
  each: 'user',
  request: (_, user) => ({
    method: 'GET',
    path: `/Users?${filterOf(attribute, user[attribute], spaces)}${more}`,
  }),
  expect: [
    ...JSON_OBJECT,
    list(
      0,
      `Apply the filter "${attribute} eq". An unknown value returns 200 with totalResults 0, never other users.` as const,
    ),
  ],
});

/** The creation of each user. */
export const createStep = (body: (user: TestUser) => object): Step => ({
  phase: 'create',
  title: 'Create the user',
  each: 'user',
  request: (_, user) => ({ method: 'POST', path: '/Users', body: body(user) }),
  expect: [
    status([201]),
    json,
    hasId,
    value(['userName'], ({ user }) => user.userName, UNSEEN),
    active(true),
  ],
  saves: 'user',
});

/** A search for a user who exists, in another spelling. */
export const findStep = (
  phase: Phase,
  title: PlainText,
  spaces: Spaces,
  spelling: (userName: string) => string,
  ...more: readonly Expectation[]
): Step => ({
  phase,
  title,
  each: 'user',
  needs: ['user'],
  request: (_, user) => ({
    method: 'GET',
    path: `/Users?${filterOf('userName', spelling(user.userName), spaces)}`,
  }),
  expect: [
    ...JSON_OBJECT,
    list(
      1,
      'A search must find each user that exists, also inactive ones, and compare userName without case.',
    ),
    value(
      ['Resources', 0, 'id'],
      ({ user }) => user.id,
      'The search must return the id that the creation returned.',
    ),
    ...more,
  ],
});

/** Reads each user, and expects values that an earlier step has written. */
export const readStep = (
  phase: Phase,
  title: PlainText,
  ...expected: readonly [path: ValuePath, value: unknown][]
): Step => ({
  phase,
  title,
  each: 'user',
  needs: ['user'],
  request: (_, user) => ({ method: 'GET', path: userPath(user) }),
  expect: [...JSON_OBJECT, ...expected.map(([path, wanted]) => value(path, () => wanted, UNSEEN))],
  saves: 'user',
});

/** A change of each user. */
export const changeStep = (
  phase: Phase,
  title: PlainText,
  request: (run: Run, user: TestUser) => SimulatedRequest,
  ...expect: readonly Expectation[]
): Step => ({ phase, title, each: 'user', needs: ['user'], request, expect: [...CHANGED, ...expect] });

/** The creation of the group, with or without members. */
export const createGroupStep = (body: (run: Run) => object): Step => ({
  phase: 'group push',
  title: 'Create the group',
  needs: ['user'],
  request: (run) => ({ method: 'POST', path: '/Groups', body: body(run) }),
  expect: [status([201]), json, hasId],
  saves: 'group',
});

/** A change of the group. */
export const changeGroupStep = (
  title: PlainText,
  request: (run: Run, user: TestUser) => SimulatedRequest,
): Step => ({ phase: 'group push', title, needs: ['user', 'group'], request, expect: CHANGED });

/** Reads the group, and counts its members. */
export const membersStep = (title: PlainText, count: (run: Run) => number, remedy: PlainText): Step => ({
  phase: 'group push',
  title,
  needs: ['group'],
  request: (run) => ({ method: 'GET', path: groupPath(run) }),
  expect: [...JSON_OBJECT, members(count, remedy)],
});

export const ALL_MEMBERS =
  'Store each member that the identity provider adds, and store it once, even if it is added again.';
export const BOOLEAN_TEXT =
  'Accept true and false as text in any case, and store the boolean. The identity provider sends text.';
export const ONLY_LISTED =
  'A remove with a list of members removes only these. Otherwise, one user who leaves a group empties it.';

/** Explains why the service must accept a request that other clients do not send. */
export const withRemedy = (step: Step, remedy: PlainText): Step => ({
  ...step,
  expect: [
    ({ request, response }) =>
      response.status === 400
        ? { ...explainStatus(request, response, [step.saves ? 201 : 200]), remedy: say(remedy) }
        : undefined,
    ...step.expect,
  ],
});

/** The deletion of each user, as identity providers do it that delete. */
export const deleteUserStep = (): Step => ({
  phase: 'cleanup',
  title: 'Delete the user',
  each: 'user',
  needs: ['user'],
  request: (_, user) => ({ method: 'DELETE', path: userPath(user) }),
  expect: [status([204])],
});

/** The deletion of the group. */
export const deleteGroupStep = (): Step => ({
  phase: 'cleanup',
  title: 'Delete the group',
  needs: ['group'],
  request: (run) => ({ method: 'DELETE', path: groupPath(run) }),
  expect: [status([204])],
});

/** Reads each user after the deletion. */
export const goneStep = (): Step => ({
  phase: 'cleanup',
  title: 'Read the deleted user',
  each: 'user',
  needs: ['user'],
  request: (_, user) => ({ method: 'GET', path: userPath(user) }),
  expect: [status([404], { 200: 'A deleted user must not exist anymore. Reads must show the last write.' })],
});
