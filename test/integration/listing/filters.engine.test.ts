import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { expectList, findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
/** The ids of the users, by their names in this file. */
const idOf: Record<string, string> = {};
const nameOf = (id: string): string => Object.entries(idOf).find(([, each]) => each === id)?.[0] ?? id;

const PEOPLE: Record<string, object> = {
  ada: {
    userName: 'Ada.Larsen@example.com',
    externalId: '0815',
    name: { givenName: 'Ada', familyName: 'Larsen' },
    title: 'Countess',
    password: 'correct horse',
    emails: [
      { value: 'ada@work.example.com', type: 'work', primary: true },
      { value: 'ada@home.example.com', type: 'home' },
    ],
    [ENTERPRISE_USER_SCHEMA]: { department: 'Engines', manager: { value: 'babbage' } },
    [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' },
  },
  bob: {
    userName: 'bob+test@example.com',
    externalId: 'ext/ 1+1=2 "q"',
    displayName: 'Bob "the builder" O\'Neil \\ Söhne',
    title: 'Builder, 100% & more',
    active: false,
    emails: [{ value: 'bob@work.example.com', type: 'work' }],
  },
  jürgen: {
    userName: 'Jürgen@example.com',
    externalId: 'EXT',
    displayName: '日本語 🙂',
    emails: [{ value: 'juergen@example.com', type: 'home' }],
  },
};

beforeAll(async () => {
  domain = await createDomainClient();
  for (const [name, body] of Object.entries(PEOPLE)) {
    ({ id: idOf[name] } = await provisionUser(domain, userBody('', body)));
  }
});

const namesFound = async (filter: string): Promise<string[]> =>
  (await findByFilter(domain, '/Users', filter)).Resources.map(({ id }) => nameOf(id)).sort();

describe('a filter finds', () => {
  it.each<[string, string[]]>([
    ['userName eq "ada.larsen@example.com"', ['ada']],
    ['USERNAME EQ "ADA.LARSEN@EXAMPLE.COM"', ['ada']],
    [`${USER_SCHEMA}:userName eq "ada.larsen@example.com"`, ['ada']],
    ['userName eq "jÜRGEN@example.com"', ['jürgen']],
    ['userName eq "nobody@example.com"', []],
    ['userName eq "3f0b1a2c-1111-4222-8333-944445555666"', []],
    ['userName ne "bob+test@example.com"', ['ada', 'jürgen']],
    ['userName sw "BOB+"', ['bob']],
    ['userName sw ""', ['ada', 'bob', 'jürgen']],
    ['userName gt "b"', ['bob', 'jürgen']],
    ['userName ge "bob+test@example.com" and userName lt "c"', ['bob']],
    ['userName le "ada.larsen@example.com"', ['ada']],
    ['userName co "larsen"', ['ada']],
    ['userName ew "@EXAMPLE.com"', ['ada', 'bob', 'jürgen']],
    ['externalId eq "0815"', ['ada']],
    ['externalId eq "EXT"', ['jürgen']],
    ['externalId eq "ext"', []],
    ['externalId eq "ext/ 1+1=2 \\"q\\""', ['bob']],
    ['emails[type eq "work"].value eq "ada@work.example.com"', ['ada']],
    ['emails[type eq "home"].value eq "ada@work.example.com"', []],
    ['emails[type eq "work" and value co "@work."]', ['ada', 'bob']],
    ['emails.value eq "ADA@home.example.com"', ['ada']],
    ['emails eq "juergen@example.com"', ['jürgen']],
    ['emails co "work.example"', ['ada', 'bob']],
    ['emails[primary eq true].value sw "bob"', ['bob']],
    ['name.familyName eq "larsen"', ['ada']],
    ['displayName eq "Bob \\"the builder\\" O\'Neil \\\\ S\\u00f6hne"', ['bob']],
    ['displayName co "日本"', ['jürgen']],
    ['displayName ew "🙂"', ['jürgen']],
    ['title eq "Builder, 100% & more"', ['bob']],
    ['title pr', ['ada', 'bob']],
    ['not (title pr)', ['jürgen']],
    ['title eq null', ['jürgen']],
    ['active eq false', ['bob']],
    ['active eq "False"', ['bob']],
    ['active ne false', ['ada', 'jürgen']],
    ['title pr and active eq true', ['ada']],
    ['title eq "x" or active eq false and title pr', ['bob']],
    ['(title eq "countess" or active eq false) and userName sw "a"', ['ada']],
    ['not (userName eq "bob+test@example.com" or title pr)', ['jürgen']],
    [`${ENTERPRISE_USER_SCHEMA}:department eq "engines"`, ['ada']],
    [`${ENTERPRISE_USER_SCHEMA}:manager.value eq "babbage"`, ['ada']],
    [`${PRODUCT_USER_SCHEMA}:nrUserType eq "Full User"`, ['ada']],
    [`${PRODUCT_USER_SCHEMA}:nrUserType eq "Basic User"`, ['bob', 'jürgen']],
    ['meta.resourceType eq "User"', ['ada', 'bob', 'jürgen']],
    ['meta.created gt "2020-01-01T00:00:00Z"', ['ada', 'bob', 'jürgen']],
    ['meta.lastModified lt "2020-01-01T00:00:00+02:00"', []],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', ['ada', 'bob', 'jürgen']],
    ['groups.value eq "no such group"', []],
    ['unknown eq "x"', []],
    ['unknown pr', []],
    ['urn:example:2.0:User:unknown eq "x"', []],
    ['unknown eq "x" or title eq "countess"', ['ada']],
    // Entra ID searches for a manager without the URN of the extension.
    ['manager eq "babbage"', ['ada']],
    ['password eq "correct horse"', []],
    ['password pr', []],
    ['password sw "c" or password co "horse"', []],
  ])('%s: %j', async (filter, names) => {
    expect(await namesFound(filter)).toEqual(names);
  });

  it('a user by id, alone and with another condition', async () => {
    const { ada } = idOf;
    expect(await namesFound(`id eq "${ada}"`)).toEqual(['ada']);
    expect(await namesFound(`id eq "${ada}" and active eq false`)).toEqual([]);
    expect(await namesFound(`id eq "${ada}" and manager eq "${ada}"`)).toEqual([]);
    expect(await namesFound(`id eq "${ada?.toUpperCase()}"`)).toEqual([]);
  });

  it('values that have just changed', async () => {
    const { id, path } = await provisionUser(domain, userBody(uniqueName(), { externalId: 'before' }));
    await domain.request('PATCH', path, replaceBody('externalId', 'after'));
    expect((await findByFilter(domain, '/Users', 'externalId eq "before"')).Resources).toEqual([]);
    expect((await findByFilter(domain, '/Users', 'externalId eq "after"')).Resources).toMatchObject([{ id }]);
    await domain.request('DELETE', path);
    expect((await findByFilter(domain, '/Users', 'externalId eq "after"')).Resources).toEqual([]);
  });

  it('groups by name, by externalId and by member', async () => {
    const name = 'R&D #1 + "friends" / 100% ünï';
    const members = [{ value: idOf.ada }];
    const created = await domain.request('POST', '/Groups', {
      displayName: name,
      externalId: 'g-1',
      members,
    });
    const { id } = created.body as { id: string };
    for (const filter of [
      `displayName eq ${JSON.stringify(name)}`,
      `displayName eq ${JSON.stringify(name.toUpperCase())}`,
      'externalId eq "g-1"',
      `members.value eq "${idOf.ada}"`,
      `members eq "${idOf.ada}"`,
      `members[value eq "${idOf.ada}"]`,
      `id eq "${id}" and members eq "${idOf.ada}"`,
    ]) {
      expect((await findByFilter(domain, '/Groups', filter)).Resources).toMatchObject([{ id }]);
    }
    for (const filter of [`members eq "${idOf.bob}"`, `id eq "${id}" and members eq "${idOf.bob}"`]) {
      expect((await findByFilter(domain, '/Groups', filter)).Resources).toEqual([]);
    }
    expect(await namesFound(`groups.value eq "${id}"`)).toEqual(['ada']);
  });
});

describe('a filter is decoded like the query of a URL', () => {
  it.each([
    'userName%20eq%20%22bob%2Btest%40example.com%22',
    'userName+eq+%22bob%2Btest%40example.com%22',
    'userName%20eq%20%22bob%2btest@example.com%22',
    'userName%2Beq%2B%22bob%2Btest%40example.com%22',
    '%75serName+eq+%22bob%2Btest%40example.com%22&startIndex=1&count=100',
    'userName++eq++%22bob%2Btest%40example.com%22+',
    'userName%09eq%09%22bob%2Btest%40example.com%22',
  ])('filter=%s', async (query) => {
    const { Resources } = expectList(await domain.request('GET', `/Users?filter=${query}`));
    expect(Resources.map(({ id }) => nameOf(id))).toEqual(['bob']);
  });

  it('an unencoded plus sign is a space within a string', async () => {
    const query = 'userName+eq+%22bob+test@example.com%22';
    expect(expectList(await domain.request('GET', `/Users?filter=${query}`)).totalResults).toBe(0);
  });
});

describe('an invalid filter is refused with 400 invalidFilter', () => {
  it.each([
    '',
    ' ',
    'userName',
    'userName eq',
    'userName eq bob',
    'externalId eq jyoung',
    'userName eq "bob',
    "userName eq 'bob'",
    'userName is "bob"',
    'userName eq "bob" and',
    'userName eq "bob" title pr',
    '(userName eq "bob"',
    'userName eq "bob")',
    'not userName eq "bob"',
    'emails[type eq "work"] eq "x"',
    'emails[type eq "work"',
    'emails[]',
    'userName eq "\\x"',
    'userName eq True and',
    'eq "bob"',
    'user name eq "bob"',
    '"userName" eq "bob"',
    'userName == "bob"',
    'userName eq "a"; DROP',
    `${'('.repeat(20_000)}userName pr${')'.repeat(20_000)}`,
  ])('%.60j', async (filter) => {
    const response = await domain.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    // The HTTP server refuses long request lines, as API Gateway does.
    if (filter.length > 10_000) expect([400, 414, 431]).toContain(response.status);
    else expectScimError(response, 400, 'invalidFilter');
  });
});
