import { parsePatch, type PatchOperation } from '../../../shared/scim/patch/parse';
import { ENTERPRISE_USER_SCHEMA, PATCH_OP, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const parse = (...operations: unknown[]): PatchOperation[] =>
  parsePatch({ schemas: [PATCH_OP], Operations: operations });

/** Returns `[op, path, value]` of each operation. */
const summary = (operations: PatchOperation[]) =>
  operations.map(({ op, path, value }) => [op, path.text, value]);

describe('parsePatch', () => {
  it('parses operations in order', () => {
    expect(
      parse(
        { op: 'add', path: 'title', value: 'Boss' },
        { op: 'replace', path: 'active', value: false },
        { op: 'remove', path: 'nickName' },
      ),
    ).toEqual([
      { op: 'add', path: { text: 'title', attributePath: 'title' }, value: 'Boss', explicitPath: true },
      { op: 'replace', path: { text: 'active', attributePath: 'active' }, value: false, explicitPath: true },
      {
        op: 'remove',
        path: { text: 'nickName', attributePath: 'nickName' },
        value: undefined,
        explicitPath: true,
      },
    ]);
  });

  it.each<[string, object]>([
    ['Operations before schemas', { Operations: [{ op: 'remove', path: 'title' }], schemas: [PATCH_OP] }],
    ['no schemas', { Operations: [{ op: 'remove', path: 'title' }] }],
    ['names in another case', { operations: [{ OP: 'remove', Path: 'title' }] }],
    ['an op in another case', { Operations: [{ op: 'Remove', path: 'title' }] }],
    [
      'other schemas and members',
      { schemas: ['urn:x'], x: 1, Operations: [{ op: 'REMOVE', path: 'title', x: 1 }] },
    ],
  ])('accepts %s', (_, body) => {
    expect(summary(parsePatch(body))).toEqual([['remove', 'title', undefined]]);
  });

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['null', null],
    ['an array', [{ op: 'remove', path: 'title' }]],
    ['text', 'Operations'],
    ['no Operations', { schemas: [PATCH_OP] }],
    ['Operations that are not an array', { Operations: { op: 'remove', path: 'title' } }],
    ['an operation that is not an object', { Operations: ['remove'] }],
    ['an operation without op', { Operations: [{ path: 'title', value: 'x' }] }],
    ['an unknown op', { Operations: [{ op: 'move', path: 'title' }] }],
    ['an op that is not a string', { Operations: [{ op: 1, path: 'title' }] }],
    ['a value without a path that is not an object', { Operations: [{ op: 'add', value: 'x' }] }],
    ['text that only looks like an object', { Operations: [{ op: 'add', value: '{"a":' }] }],
    ['more than 1,000 operations', { Operations: Array(1001).fill({ op: 'remove', path: 'title' }) }],
    [
      'more than 1,000 keys',
      {
        Operations: [
          { op: 'add', value: Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`a${at}`, 1])) },
        ],
      },
    ],
  ])('rejects %s as invalidSyntax', (_, body) => {
    expect(scimErrorOf(() => parsePatch(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it('accepts the maximum number of operations', () => {
    expect(parsePatch({ Operations: [] })).toEqual([]);
    expect(parsePatch({ Operations: Array(1000).fill({ op: 'remove', path: 'title' }) })).toHaveLength(1000);
  });

  it('rejects a remove without a path as noTarget, whatever its value', () => {
    for (const extra of [{}, { path: '' }, { path: null }, { value: { title: 'x' } }]) {
      expect(scimErrorOf(() => parse({ op: 'remove', ...extra }))).toMatchObject({
        status: 400,
        scimType: 'noTarget',
      });
    }
    expect(scimErrorOf(() => parse({ op: 'remove', path: USER_SCHEMA })).scimType).toBe('noTarget');
  });

  it('rejects a malformed path as invalidPath', () => {
    for (const path of ['emails[type eq', 'a b', 7, {}, ['title']]) {
      expect(scimErrorOf(() => parse({ op: 'add', path, value: 'x' }))).toMatchObject({
        scimType: 'invalidPath',
      });
    }
  });

  it('rejects an add or replace without a value, and names the operation', () => {
    const { scimType, detail } = scimErrorOf(() =>
      parse({ op: 'remove', path: 'x' }, { op: 'replace', path: 'title' }),
    );
    expect(scimType).toBe('invalidValue');
    expect(detail).toBe(
      'Operations[1] cannot be applied because replace requires a value. Send a value, or null to clear the attribute.',
    );
  });

  it('creates an operation for each key of a value without a path', () => {
    const department = `${ENTERPRISE_USER_SCHEMA}:department`;
    const operations = parse({
      op: 'replace',
      value: {
        'name.givenName': 'Ada',
        'emails[type eq "work"].value': 'ada@example.com',
        [department]: 'D',
        [ENTERPRISE_USER_SCHEMA]: { division: 'E' },
        active: false,
      },
    });
    expect(summary(operations)).toEqual([
      ['replace', 'name.givenName', 'Ada'],
      ['replace', 'emails[type eq "work"].value', 'ada@example.com'],
      ['replace', department, 'D'],
      ['replace', ENTERPRISE_USER_SCHEMA, { division: 'E' }],
      ['replace', 'active', false],
    ]);
    expect(operations.every(({ explicitPath }) => !explicitPath)).toBe(true);
  });

  it('ignores keys that are not paths', () => {
    expect(
      summary(parse({ op: 'add', value: { '': 1, 'a b': 1, 'emails[': 1, __proto__: null, title: 'x' } })),
    ).toEqual([['add', 'title', 'x']]);
  });

  it.each<[string, unknown]>([
    ['JSON text, as scim-for-keycloak sends it', '{"title":"x"}'],
    ['an array of one object', [{ title: 'x' }]],
    ['the core schema around it', { [USER_SCHEMA]: { title: 'x' } }],
  ])('accepts %s as a value without a path', (_, value) => {
    expect(summary(parse({ op: 'add', value }))).toEqual([['add', 'title', 'x']]);
  });

  it('reads the URN of the core schema as the path of the resource', () => {
    expect(summary(parse({ op: 'add', path: USER_SCHEMA.toLowerCase(), value: { title: 'x' } }))).toEqual([
      ['add', 'title', 'x'],
    ]);
  });
});

describe('the URN of a core schema in itself', () => {
  const nestedIn = (depth: number, value: unknown): unknown =>
    depth === 0 ? value : { [USER_SCHEMA]: nestedIn(depth - 1, value) };
  const textOf = (depth: number): string =>
    `${`{"${USER_SCHEMA}":`.repeat(depth)}{"title":"Boss"}${'}'.repeat(depth)}`;

  it('is read up to a limit', () => {
    expect(summary(parse({ op: 'add', value: nestedIn(8, { title: 'Boss' }) }))).toEqual([
      ['add', 'title', 'Boss'],
    ]);
    expect(summary(parse({ op: 'add', value: textOf(8) }))).toEqual([['add', 'title', 'Boss']]);
  });

  it.each([9, 6_500, 20_000])('is refused %d times, also as JSON text', (depth) => {
    for (const operation of [
      { op: 'add', value: textOf(depth) },
      { op: 'replace', path: USER_SCHEMA, value: textOf(depth) },
      { op: 'add', value: { [USER_SCHEMA]: textOf(depth) } },
    ])
      expect(scimErrorOf(() => parse(operation))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });
});
