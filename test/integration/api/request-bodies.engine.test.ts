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

describe('the content type of a body', () => {
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

  it('may be missing, which means JSON', async () => {
    const response = await rawRequest(domain, 'POST', '/Users', {}, JSON.stringify(userBody()));
    expect(response.status).toBe(201);
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'scim+json',
  ])('is refused with 415 if it is %s', async (type) => {
    for (const [method, path] of WRITES()) {
      const body = JSON.stringify(userBody());
      expectScimError(await rawRequest(domain, method, path, { 'Content-Type': type }, body), 415);
    }
  });
});

describe('the bytes of a body', () => {
  const NAME = 'Jürgen Größe 日本 😀';
  const bodyOf = (): Buffer => Buffer.from(JSON.stringify(userBody(uniqueName(), { displayName: NAME })));

  it('are UTF-8, whatever the content type', async () => {
    for (const headers of [{}, SCIM, { 'Content-Type': 'application/json; charset=utf-8' }]) {
      const response = await rawRequest(domain, 'POST', '/Users', headers, bodyOf());
      expect(response).toMatchObject({ status: 201, body: { displayName: NAME } });
    }
  });

  it('may be compressed', async () => {
    for (const [coding, compressed] of [
      ['gzip', gzipSync(bodyOf())],
      ['deflate', deflateSync(bodyOf())],
    ] as const) {
      const headers = { ...SCIM, 'Content-Encoding': coding };
      const response = await rawRequest(domain, 'POST', '/Users', headers, compressed);
      expect(response).toMatchObject({ status: 201, body: { displayName: NAME } });
    }
    const headers = { ...SCIM, 'Content-Encoding': 'gzip' };
    expectScimError(await rawRequest(domain, 'POST', '/Users', headers, bodyOf()), 400, 'invalidSyntax');
  });

  it('are limited to the payload of a function, encoded in base64', async () => {
    const members = (bytes: number) => ({ displayName: uniqueName(), note: 'x'.repeat(bytes) });
    expect((await domain.request('POST', '/Groups', members(4_500_000))).status).toBe(201);
    expectScimError(await domain.request('POST', '/Groups', members(4_800_000)), 413);
  });

  it('are ignored for GET and DELETE', async () => {
    expect((await rawRequest(domain, 'GET', user.path, {}, 'nonsense')).status).toBe(200);
    const { path } = await provisionUser(domain);
    expect((await rawRequest(domain, 'DELETE', path, SCIM, '{')).status).toBe(204);
  });
});

describe('a body that is not a JSON object', () => {
  let before: DomainData;
  beforeAll(async () => {
    before = await readDomain(domain.domainId);
  });
  afterAll(async () => expect(await readDomain(domain.domainId)).toEqual(before));

  it.each([
    ['no body', undefined],
    ['only white space', '  \r\n'],
    ['incomplete JSON', '{"userName": "x"'],
    ['two objects', '{}{}'],
    ['a comment', '/* */ {}'],
    ['null', 'null'],
    ['an array', '[]'],
    ['an array of objects', '[{"userName":"x@example.com"}]'],
    ['a string', '"userName"'],
    ['a number', '42'],
    ['true', 'true'],
    ['a form', 'userName=x%40example.com'],
    ['200,000 nested arrays', '['.repeat(200_000)],
  ])('is refused with 400 invalidSyntax: %s', async (_, body) => {
    for (const [method, path] of WRITES()) {
      expectScimError(await rawRequest(domain, method, path, SCIM, body), 400, 'invalidSyntax');
    }
  });
});

describe('a malicious body', () => {
  it('cannot change a prototype, and its __proto__ is ignored', async () => {
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
  ])('changes nothing with a PATCH of %s', async (path) => {
    const before = await domain.request('GET', user.path);
    const response = await domain.request('PATCH', user.path, replaceBody(path, false));
    expect(response.status).toBeLessThan(500);
    expect((await domain.request('GET', user.path)).body).toEqual(before.body);
  });

  it('with deeply nested objects is refused or ignored, and never causes a server error', async () => {
    const deep = `${'{"name":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    for (const [method, path] of WRITES()) {
      expect((await domain.request(method, path, deep)).status).toBe(400);
    }
    const ignored = `{"userName":"${uniqueName()}","unknown":${deep}}`;
    expect((await domain.request('POST', '/Users', ignored)).status).toBeLessThan(500);
  });

  it.each(['a\u0000b', '\ud800', 'line\nbreak', ' ', 'x'.repeat(300)])(
    'with an unprintable userName is refused with 400 invalidValue (%#)',
    async (userName) => {
      const body = { userName, emails: [{ value: uniqueName() }] };
      expectScimError(await domain.request('POST', '/Users', body), 400, 'invalidValue');
    },
  );
});

describe('a body that is too large', () => {
  it('is refused with 413 above 10 MB', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expectScimError(await rawRequest(domain, 'POST', '/Users', SCIM, body), 413);
  });

  it('is refused with 413 above the limit of Lambda', async () => {
    const body = JSON.stringify(userBody(uniqueName(), { title: 'x'.repeat(7 * 1024 * 1024) }));
    expectScimError(await rawRequest(domain, 'POST', '/Users', SCIM, body), 413);
  });

  it.each<[string, object]>([
    ['a long text', { title: 'x'.repeat(100_000) }],
    ['many elements', { roles: Array.from({ length: 5_000 }, (_, at) => ({ value: `${at}` })) }],
    [
      'many long elements',
      { roles: Array.from({ length: 150 }, (_, at) => ({ value: `${at}`.padEnd(8_000) })) },
    ],
  ])('is refused with 400 invalidValue if the user would exceed the maximum size: %s', async (_, more) => {
    const response = await domain.request('POST', '/Users', userBody(uniqueName(), more));
    expectScimError(response, 400, 'invalidValue');
  });

  it('is accepted if it is a group with many unknown members', async () => {
    const members = Array.from({ length: 300 }, (_, at) => ({ value: `nobody-${at}` }));
    const response = await domain.request('POST', '/Groups', { displayName: uniqueName(), members });
    expect(response.status).toBe(201);
    expect((response.body as { members?: unknown[] }).members ?? []).toEqual([]);
  });
});

describe('a PATCH body', () => {
  it.each<[string, unknown, string]>([
    ['no Operations', { schemas: [PATCH_OP] }, 'invalidSyntax'],
    ['Operations that are not an array', { Operations: {} }, 'invalidSyntax'],
    ['an operation that is not an object', { Operations: ['replace'] }, 'invalidSyntax'],
    ['an unknown op', { Operations: [{ op: 'move', path: 'title' }] }, 'invalidSyntax'],
    ['no op', { Operations: [{ path: 'title', value: 'x' }] }, 'invalidSyntax'],
    ['a broken path', { Operations: [{ op: 'replace', path: 'emails[', value: 'x' }] }, 'invalidPath'],
    ['a remove without a path', { Operations: [{ op: 'remove' }] }, 'noTarget'],
    ['a wrong type', { Operations: [{ op: 'replace', path: 'active', value: 'maybe' }] }, 'invalidValue'],
    ['a removed userName', { Operations: [{ op: 'remove', path: 'userName' }] }, 'mutability'],
    ['an empty userName', { Operations: [{ op: 'replace', path: 'userName', value: '' }] }, 'invalidValue'],
  ])('with %s is refused with 400, and none of its operations is applied', async (_, body, scimType) => {
    const before = await domain.request('GET', user.path);
    const { Operations } = body as { Operations?: unknown };
    const validOperation = { op: 'replace', path: 'title', value: 'never' };
    const patch = Array.isArray(Operations)
      ? { Operations: [validOperation, ...(Operations as object[])] }
      : body;
    expectScimError(await domain.request('PATCH', user.path, patch), 400, scimType);
    expect((await domain.request('GET', user.path)).body).toEqual(before.body);
  });
});
