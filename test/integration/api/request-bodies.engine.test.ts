import { deflateSync, gzipSync } from 'node:zlib';
import { PATCH_OP } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { type DomainData, readDomain } from '../../support/consistency/domain-data';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { rawRequest } from '../../support/system/raw-request';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let user: ProvisionedUser;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
});
afterAll(() => expectConsistent(domain.domainId));

const WRITES = (): [method: string, path: string][] => [
  ['POST', '/Users'],
  ['POST', '/Groups'],
  ['PUT', user.path],
  ['PATCH', user.path],
];
const SCIM = { 'Content-Type': 'application/scim+json' };

describe('the type of a body', () => {
  it.each([
    'application/scim+json',
    'application/scim+json; charset=utf-8',
    'application/scim+json;charset=UTF-8',
    'application/json',
    'application/json; charset=utf-8',
    'Application/SCIM+JSON',
  ])('may be %s', async (type) => {
    const headers = { 'content-type': type, accept: 'application/json' };
    const created = await domain.request('POST', '/Users', userBody(), headers);
    expect(created.status).toBe(201);
    expect(created.headers.get('content-type')).toBe('application/scim+json');
  });

  it('is taken for JSON where it is not told', async () => {
    const answer = await rawRequest(domain, 'POST', '/Users', {}, JSON.stringify(userBody()));
    expect(answer.status).toBe(201);
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'scim+json',
  ])('is refused with 415 where it is %s', async (type) => {
    for (const [method, path] of WRITES()) {
      const body = JSON.stringify(userBody());
      expectScimError(await rawRequest(domain, method, path, { 'Content-Type': type }, body), 415);
    }
  });
});

describe('the bytes of a body', () => {
  const NAME = 'Jürgen Größe 日本 😀';
  const bodyOf = (): Buffer => Buffer.from(JSON.stringify(userBody(uniqueName(), { displayName: NAME })));

  it('are UTF-8, whatever its type', async () => {
    for (const headers of [{}, SCIM, { 'Content-Type': 'application/json; charset=utf-8' }]) {
      const answer = await rawRequest(domain, 'POST', '/Users', headers, bodyOf());
      expect(answer).toMatchObject({ status: 201, body: { displayName: NAME } });
    }
  });

  it('may be compressed', async () => {
    for (const [coding, packed] of [
      ['gzip', gzipSync(bodyOf())],
      ['deflate', deflateSync(bodyOf())],
    ] as const) {
      const headers = { ...SCIM, 'Content-Encoding': coding };
      const answer = await rawRequest(domain, 'POST', '/Users', headers, packed);
      expect(answer).toMatchObject({ status: 201, body: { displayName: NAME } });
    }
    const headers = { ...SCIM, 'Content-Encoding': 'gzip' };
    expectScimError(await rawRequest(domain, 'POST', '/Users', headers, bodyOf()), 400, 'invalidSyntax');
  });

  it('may be many, but no more than fit into a function in base64', async () => {
    const members = (bytes: number) => ({ displayName: uniqueName(), note: 'x'.repeat(bytes) });
    expect((await domain.request('POST', '/Groups', members(4_500_000))).status).toBe(201);
    expectScimError(await domain.request('POST', '/Groups', members(4_800_000)), 413);
  });

  it('of a GET or DELETE are not looked at', async () => {
    expect((await rawRequest(domain, 'GET', user.path, {}, 'nonsense')).status).toBe(200);
    const { path } = await provisionUser(domain);
    expect((await rawRequest(domain, 'DELETE', path, SCIM, '{')).status).toBe(204);
  });
});

describe('a body that is no JSON object', () => {
  let before: DomainData;
  beforeAll(async () => {
    before = await readDomain(domain.domainId);
  });
  afterAll(async () => expect(await readDomain(domain.domainId)).toEqual(before));

  it.each([
    ['nothing', undefined],
    ['nothing but space', '  \r\n'],
    ['broken', '{"userName": "x"'],
    ['two objects', '{}{}'],
    ['a comment', '/* */ {}'],
    ['null', 'null'],
    ['an array', '[]'],
    ['an array of objects', '[{"userName":"x@example.com"}]'],
    ['a string', '"userName"'],
    ['a number', '42'],
    ['true', 'true'],
    ['a form', 'userName=x%40example.com'],
    ['nested beyond reason', '['.repeat(200_000)],
  ])('is 400 invalidSyntax: %s', async (_, body) => {
    for (const [method, path] of WRITES()) {
      expectScimError(await rawRequest(domain, method, path, SCIM, body), 400, 'invalidSyntax');
    }
  });
});

describe('a body that means harm', () => {
  it('does not reach a prototype, and its __proto__ is ignored', async () => {
    const name = uniqueName();
    const body = `{"userName":"${name}","__proto__":{"active":false},"constructor":{"prototype":{"active":false}},
      "name":{"__proto__":{"familyName":"x"},"givenName":"Ada"},"emails":[{"value":"${name}","__proto__":{"type":"home"}}]}`;
    const created = await domain.request('POST', '/Users', body);
    expect(created).toMatchObject({ status: 201, body: { active: true, name: { givenName: 'Ada' } } });
    const shown = JSON.stringify(created.body);
    expect(shown).not.toMatch(/__proto__|constructor|prototype|"home"|"x"/);
    const after = await domain.request('POST', '/Users', userBody());
    expect(after.body).toMatchObject({ active: true });
  });

  it.each([
    '__proto__',
    'constructor.prototype.active',
    '__proto__.active',
    'emails[__proto__ eq "x"].value',
  ])('changes nothing by a PATCH of %s', async (path) => {
    const before = await domain.request('GET', user.path);
    const answer = await domain.request('PATCH', user.path, replaceBody(path, false));
    expect(answer.status).toBeLessThan(500);
    expect((await domain.request('GET', user.path)).body).toEqual(before.body);
  });

  it('of objects within objects without end is refused or ignored, never an error of ours', async () => {
    const deep = `${'{"name":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    for (const [method, path] of WRITES()) {
      expect((await domain.request(method, path, deep)).status).toBe(400);
    }
    const ignored = `{"userName":"${uniqueName()}","unknown":${deep}}`;
    expect((await domain.request('POST', '/Users', ignored)).status).toBeLessThan(500);
  });

  it('of bytes that are no UTF-8 is stored as text or refused', async () => {
    const name = uniqueName();
    const bytes = Buffer.concat([
      Buffer.from(`{"userName":"${name}","title":"`),
      Buffer.from([0xff, 0xfe, 0xc3]),
      Buffer.from('"}'),
    ]);
    const answer = await rawRequest(domain, 'POST', '/Users', SCIM, bytes);
    expect([201, 400]).toContain(answer.status);
  });

  it.each(['a\u0000b', '\ud800', 'line\nbreak', ' ', 'x'.repeat(300)])(
    'with a userName that cannot be shown is 400 invalidValue (%#)',
    async (userName) => {
      const body = { userName, emails: [{ value: uniqueName() }] };
      expectScimError(await domain.request('POST', '/Users', body), 400, 'invalidValue');
    },
  );
});

describe('a body that is too large', () => {
  it('is 413 above 10 MB', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expectScimError(await rawRequest(domain, 'POST', '/Users', SCIM, body), 413);
  });

  it('is 413 above what Lambda takes', async () => {
    const body = JSON.stringify(userBody(uniqueName(), { title: 'x'.repeat(7 * 1024 * 1024) }));
    expectScimError(await rawRequest(domain, 'POST', '/Users', SCIM, body), 413);
  });

  it.each<[string, object]>([
    ['one long text', { title: 'x'.repeat(100_000) }],
    ['many elements', { roles: Array.from({ length: 5_000 }, (_, at) => ({ value: `${at}` })) }],
    [
      'much of everything',
      { roles: Array.from({ length: 150 }, (_, at) => ({ value: `${at}`.padEnd(8_000) })) },
    ],
  ])('is 400 invalidValue where it is more than a user may be: %s', async (_, more) => {
    const answer = await domain.request('POST', '/Users', userBody(uniqueName(), more));
    expectScimError(answer, 400, 'invalidValue');
  });

  it('may be a group of many members who are not there', async () => {
    const members = Array.from({ length: 300 }, (_, at) => ({ value: `nobody-${at}` }));
    const answer = await domain.request('POST', '/Groups', { displayName: uniqueName(), members });
    expect(answer.status).toBe(201);
    expect((answer.body as { members?: unknown[] }).members ?? []).toEqual([]);
  });
});

describe('a PATCH body', () => {
  it.each<[string, unknown, string]>([
    ['no Operations', { schemas: [PATCH_OP] }, 'invalidSyntax'],
    ['Operations that are no array', { Operations: {} }, 'invalidSyntax'],
    ['an operation that is no object', { Operations: ['replace'] }, 'invalidSyntax'],
    ['an unknown op', { Operations: [{ op: 'move', path: 'title' }] }, 'invalidSyntax'],
    ['no op', { Operations: [{ path: 'title', value: 'x' }] }, 'invalidSyntax'],
    ['a broken path', { Operations: [{ op: 'replace', path: 'emails[', value: 'x' }] }, 'invalidPath'],
    ['a remove without a path', { Operations: [{ op: 'remove' }] }, 'noTarget'],
    ['a wrong type', { Operations: [{ op: 'replace', path: 'active', value: 'maybe' }] }, 'invalidValue'],
    ['no userName left', { Operations: [{ op: 'remove', path: 'userName' }] }, 'mutability'],
    ['an empty userName', { Operations: [{ op: 'replace', path: 'userName', value: '' }] }, 'invalidValue'],
  ])('with %s is 400 and does nothing, also not the operation before it', async (_, body, scimType) => {
    const before = await domain.request('GET', user.path);
    const { Operations } = body as { Operations?: unknown };
    const good = { op: 'replace', path: 'title', value: 'never' };
    const whole = Array.isArray(Operations) ? { Operations: [good, ...(Operations as object[])] } : body;
    expectScimError(await domain.request('PATCH', user.path, whole), 400, scimType);
    expect((await domain.request('GET', user.path)).body).toEqual(before.body);
  });
});
