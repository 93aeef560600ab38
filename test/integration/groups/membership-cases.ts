import { randomBytes, randomUUID } from 'node:crypto';
import { patchBody, userBody, type Operation } from '../../support/requests/bodies';
import { loadFixtures } from '../../support/replay/fixtures';
import { fillPlaceholders, type Variables } from '../../support/replay/placeholders';
import { expectScimError } from '../../support/requests/scim-error';
import type { ClientResponse, DomainClient } from '../../support/system/system';

/**
 * One way to write a change of memberships, sent to a resource of its own. Members and groups go by their names in
 * `PEOPLE` and `TEAMS`; `"ada as Ada"` is a member with a `display`.
 */
export interface MembershipCase {
  readonly name: string;
  readonly why?: string;
  /** Of the resource before the request; where it is left out, the first two there are. */
  readonly has?: readonly string[];
  /** The body: operations of a PATCH, or the whole of a PUT or POST. */
  readonly patch?: readonly Operation[];
  readonly put?: object;
  readonly post?: object;
  readonly query?: string;
  readonly status: number;
  /** Of an error, which changes nothing: its `scimType`, and a pattern for its `detail`. */
  readonly scimType?: string;
  readonly detail?: string;
  /** What the resource has after the request. */
  readonly after?: readonly string[];
  /** Whether the change is written although nothing differs: the audit event notes whom it left out. */
  readonly notes?: boolean;
  /** Attributes that it has after the request. */
  readonly shows?: object;
}

export interface MembershipCaseTable {
  readonly name: string;
  /** Whose memberships they are. */
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

/** Creates people and teams, and gives what stands for them: `ada` is an id, `ADA` the same in upper case. */
export async function createPeopleAndTeams({ request }: DomainClient): Promise<Variables> {
  const rand = randomBytes(4).toString('hex');
  const variables: Record<string, unknown> = { rand, unknown: randomUUID(), long: 'x'.repeat(3_000) };
  const create = async (name: string, path: string, body: object): Promise<void> => {
    const id = idOfResponse(await request('POST', path, body));
    Object.assign(variables, { [name]: id, [name.toUpperCase()]: id.toUpperCase() });
  };
  // without a license there is no mail
  for (const name of PEOPLE)
    await create(name, '/Users', userBody(`${name}-${rand}@example.com`, { active: false }));
  for (const name of TEAMS) await create(name, '/Groups', { displayName: `${name} ${rand}` });
  return variables;
}

/** Makes a resource, sends the request of the row to it, and looks at the answer and at what the resource is then. */
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
  const answer = await request(method, target, fillPlaceholders(body, variables));
  const changed = await request('GET', `${path}/${idOfResponse(before ?? answer)}`);
  if (row.status >= 400) {
    expectScimError(answer, row.status, row.scimType);
    expect((answer.body as { detail: string }).detail).toMatch(new RegExp(row.detail ?? ''));
    expect(changed.body).toEqual(before?.body);
    return;
  }
  expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: row.status });
  const after = [...(row.after ?? [])].sort();
  expect(memberNames(changed, links, known)).toEqual(after);
  if (!row.query) expect(memberNames(answer, links, known)).toEqual(after);
  else expect(answer.body).not.toHaveProperty(links);
  if (row.shows) expect(changed.body).toMatchObject(fillPlaceholders(row.shows, variables));
  const isSame = String(after) === String([...has].sort()) && !row.shows && !row.notes;
  // what changes nothing writes nothing: identity providers repeat themselves
  if (before && isSame) expect(changed.body).toEqual(before.body);
}

/** A user of no license, so that no mail goes out; a group has its name only. */
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

/** Members by name, with the `display` that a client gave them; the name of a group is its own. */
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
