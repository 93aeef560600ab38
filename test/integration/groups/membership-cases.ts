import { randomBytes, randomUUID } from 'node:crypto';
import { patchBody, userBody, type Operation } from '../../support/requests/bodies';
import { loadFixtures } from '../../support/replay/fixtures';
import { fillPlaceholders, type Variables } from '../../support/replay/placeholders';
import { expectScimError } from '../../support/requests/scim-error';
import type { ClientResponse, DomainClient } from '../../support/system/system';

/**
 * A request that changes memberships of a new resource. Members and groups are given by their names in
 * `PEOPLE` and `TEAMS`. `"ada as Ada"` is a member with a `display`.
 */
export interface MembershipCase {
  readonly name: string;
  readonly why?: string;
  /** The memberships before the request. @default the first two people or teams */
  readonly has?: readonly string[];
  /** The operations of a PATCH. A case has exactly one of `patch`, `put` and `post`. */
  readonly patch?: readonly Operation[];
  readonly put?: object;
  readonly post?: object;
  readonly query?: string;
  readonly status: number;
  /** The `scimType` of an error. A request with an error changes nothing. */
  readonly scimType?: string;
  /** A pattern for the `detail` of an error. */
  readonly detail?: string;
  /** The memberships after the request. */
  readonly after?: readonly string[];
  /**
   * True if the request writes although the memberships stay the same: its audit event lists unknown members.
   */
  readonly notes?: boolean;
  /** Attributes of the resource after the request. */
  readonly shows?: object;
}

export interface MembershipCaseTable {
  readonly name: string;
  /** The type of the resource that the cases change. */
  readonly of: 'Group' | 'User';
  readonly rows: readonly MembershipCase[];
}

export const loadMembershipCases = (): MembershipCaseTable[] =>
  loadFixtures('members').map((table) => table as MembershipCaseTable);

const PEOPLE = ['ada', 'bob', 'cy', 'dee'];
const TEAMS = ['red', 'blue', 'green'];

const RESOURCE_KINDS = {
  Group: { path: '/Groups', links: 'members', first: PEOPLE.slice(0, 2) },
  User: { path: '/Users', links: 'groups', first: TEAMS.slice(0, 2) },
} as const;

/**
 * Creates people and teams. Returns their ids by name: `ada` is an id, `ADA` is the same id in upper case.
 */
export async function createPeopleAndTeams({ request }: DomainClient): Promise<Variables> {
  const rand = randomBytes(4).toString('hex');
  const variables: Record<string, unknown> = { rand, unknown: randomUUID(), long: 'x'.repeat(3_000) };
  const create = async (name: string, path: string, body: object): Promise<void> => {
    const id = idOfResponse(await request('POST', path, body));
    Object.assign(variables, { [name]: id, [name.toUpperCase()]: id.toUpperCase() });
  };
  // Inactive users receive no emails.
  for (const name of PEOPLE)
    await create(name, '/Users', userBody(`${name}-${rand}@example.com`, { active: false }));
  for (const name of TEAMS) await create(name, '/Groups', { displayName: `${name} ${rand}` });
  return variables;
}

/** Creates a resource, sends the request of a case to it, and checks the response and the resource. */
export async function runCase(
  { request }: DomainClient,
  of: MembershipCaseTable['of'],
  row: MembershipCase,
  known: Variables,
): Promise<void> {
  const { path, links, first } = RESOURCE_KINDS[of];
  const has = row.has ?? first;
  const name = `${randomBytes(6).toString('hex')}@example.com`;
  let variables: Variables = { ...known, name };
  let before: ClientResponse | undefined;
  if (!row.post) {
    const body = { ...initialBody(of, name), [links]: has.map((link) => memberReference(link, known)) };
    const id = idOfResponse(await request('POST', path, body));
    before = await request('GET', `${path}/${id}`);
    expect(memberNames(before, links, known)).toEqual([...has].sort());
    variables = { ...variables, id };
  }

  const [method, body] = caseRequest(row);
  const target = `${path}${before ? `/${idOfResponse(before)}` : ''}${row.query ?? ''}`;
  const response = await request(method, target, fillPlaceholders(body, variables));
  const changed = await request('GET', `${path}/${idOfResponse(before ?? response)}`);
  if (row.status >= 400) {
    expectScimError(response, row.status, row.scimType);
    expect((response.body as { detail: string }).detail).toMatch(new RegExp(row.detail ?? ''));
    expect(changed.body).toEqual(before?.body);
    return;
  }
  expect({ status: response.status, body: response.body as unknown }).toMatchObject({ status: row.status });
  const after = [...(row.after ?? [])].sort();
  expect(memberNames(changed, links, known)).toEqual(after);
  if (!row.query) expect(memberNames(response, links, known)).toEqual(after);
  else expect(response.body).not.toHaveProperty(links);
  if (row.shows) expect(changed.body).toMatchObject(fillPlaceholders(row.shows, variables));
  const isSame = String(after) === String([...has].sort()) && !row.shows && !row.notes;
  // A request that changes nothing writes nothing, because identity providers repeat requests.
  if (before && isSame) expect(changed.body).toEqual(before.body);
}

/** Returns the body of an inactive user, who receives no email, or of a group with only a name. */
const initialBody = (of: MembershipCaseTable['of'], name: string): object =>
  of === 'User' ? userBody(name, { active: false, emails: undefined }) : { displayName: name };

function caseRequest({ patch, put, post }: MembershipCase): [string, object] {
  if (patch) return ['PATCH', patchBody(...patch)];
  return put ? ['PUT', put] : ['POST', post ?? {}];
}

function memberReference(link: string, known: Variables): object {
  const [name = '', display] = link.split(' as ');
  return { value: known[name], ...(display !== undefined && { display }) };
}

/**
 * Returns the names of the memberships. The `display` that a client gave a member is a suffix of its name.
 */
function memberNames({ body }: ClientResponse, links: 'members' | 'groups', known: Variables): string[] {
  const values = ((body as Record<string, unknown>)[links] ?? []) as { value: string; display?: string }[];
  return values
    .map(({ value, display }) => {
      const name = [...PEOPLE, ...TEAMS].find((each) => known[each] === value) ?? value;
      return links === 'members' && display !== undefined ? `${name} as ${display}` : name;
    })
    .sort();
}

function idOfResponse({ status, body }: ClientResponse): string {
  expect([status, body]).toEqual([
    expect.any(Number),
    expect.objectContaining({ id: expect.any(String) as string }),
  ]);
  return (body as { id: string }).id;
}
