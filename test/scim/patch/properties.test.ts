import fc from 'fast-check';
import { ScimError } from '../../../shared/scim/error';
import { applyPatch } from '../../../shared/scim/patch/apply';
import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { readResource } from '../../../shared/scim/read-resource';
import { groupResourceType, userResourceType } from '../../../shared/scim/resource-type';
import type { Attributes } from '../../../shared/scim/resource';
import {
  ENTERPRISE_USER_SCHEMA,
  GROUP_SCHEMA,
  PRODUCT_USER_SCHEMA,
  USER_SCHEMA,
} from '../../../shared/scim/urns';
import { johnDoe } from '../fixtures';

const urns = [USER_SCHEMA, GROUP_SCHEMA, ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA];
const attributeNames = [
  ...[
    'userName',
    'name',
    'title',
    'active',
    'emails',
    'roles',
    'addresses',
    'x509Certificates',
    'profileUrl',
    'password',
  ],
  ...[
    'id',
    'meta',
    'schemas',
    'groups',
    'members',
    'externalId',
    'department',
    'manager',
    'nrUserType',
    'displayName',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'],
];
const partNames = [
  'value',
  'type',
  'primary',
  'display',
  '$ref',
  'givenName',
  'country',
  '__proto__',
  'constructor',
];

const name = fc.oneof(fc.constantFrom(...attributeNames), fc.string({ maxLength: 8 }));
const part = fc.constantFrom(...partNames);
const attributePath = fc
  .tuple(fc.option(fc.constantFrom(...urns), { nil: undefined }), name, fc.option(part, { nil: undefined }))
  .map(([urn, first, second]) => `${urn ? `${urn}:` : ''}${first}${second ? `.${second}` : ''}`);
const filter = fc
  .tuple(
    part,
    fc.constantFrom('eq', 'ne', 'co', 'gt', 'pr'),
    fc.constantFrom('"work"', '"x"', 'true', 'null', ''),
  )
  .map(([path, operator, value]) => `${path} ${operator}${operator === 'pr' ? '' : ` ${value}`}`);
const valuePath = fc
  .tuple(name, filter, fc.option(part, { nil: undefined }))
  .map(([first, inner, second]) => `${first}[${inner}]${second ? `.${second}` : ''}`);
const path = fc.oneof(attributePath, valuePath, fc.constantFrom(...urns));

/** JSON with the keys that mean something, and any other. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      '',
      'x',
      'True',
      'work',
      'a@example.com',
      true,
      false,
      0,
      7,
      '{"title":"x"}',
      '{',
    ),
    fc.string({ maxLength: 10 }),
    fc.array(tie('json'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.oneof(part, path, fc.string({ maxLength: 6 })), tie('json')), { maxLength: 5 })
    .map((entries) => Object.fromEntries(entries)),
}));

const operation = fc.record(
  { op: fc.constantFrom('add', 'Replace', 'remove'), path: fc.oneof(path, fc.constant('')), value: json },
  { requiredKeys: ['op'] },
);
const body = fc.record({ Operations: fc.array(operation, { minLength: 1, maxLength: 5 }) });
const user = fc.record({
  userName: fc.constant('ada'),
  emails: json,
  roles: json,
  name: json,
  active: json,
  [ENTERPRISE_USER_SCHEMA]: json,
});

/** The result, or undefined where a ScimError of 400 says why there is none. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError && error.status === 400 && error.detail !== '') return undefined;
    throw error;
  }
}

const readUser = (json: unknown) => readResource(userResourceType, json);
const runs = { numRuns: 2000 };

describe('for any JSON', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('readResource reads it or says what is wrong, and reads its own result as the same', () => {
    fc.assert(
      fc.property(fc.oneof(user, json, fc.anything()), (sent) => {
        const read = attempt(() => readUser(sent));
        if (read === undefined) return;
        expect(readUser(read)).toEqual(read);
        expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
      }),
      runs,
    );
  });

  it('parsePatch reads it or says what is wrong', () => {
    fc.assert(
      fc.property(
        fc.oneof(json, fc.anything(), fc.record({ Operations: fc.array(json, { maxLength: 3 }) })),
        (sent) => {
          attempt(() => parsePatch(sent));
        },
      ),
      runs,
    );
  });

  it('applyPatch gives a user that fits its schema, or nothing; what it was given is untouched', () => {
    fc.assert(
      fc.property(user, body, (sent, patch) => {
        const attributes = attempt(() => readUser(sent)) ?? johnDoe;
        const copy = structuredClone(attributes);
        const operations = attempt(() => parsePatch(patch));
        const patched =
          operations && attempt(() => applyPatch(userResourceType, deepFrozen(attributes), operations));
        expect(attributes).toEqual(copy);
        if (!patched) return;
        expect(readUser(patched)).toEqual(patched);
        for (const hidden of ['id', 'meta', 'schemas', 'groups', 'password'])
          expect(patched).not.toHaveProperty(hidden);
        const primaries = ((patched.emails ?? []) as Attributes[]).filter(({ primary }) => primary === true);
        expect(primaries.length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it('the same PATCH without an add or a value path changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ op: fc.constant('replace'), path: attributePath, value: json }), {
          minLength: 1,
          maxLength: 1,
        }),
        (Operations) => {
          const operations = attempt(() => parsePatch({ Operations }));
          const once = operations && attempt(() => applyPatch(userResourceType, johnDoe, operations));
          if (operations && once) expect(applyPatch(userResourceType, once, operations)).toEqual(once);
        },
      ),
      runs,
    );
  });

  it('splitMembership takes members out, and leaves the rest to a group that fits its schema', () => {
    fc.assert(
      fc.property(body, (patch) => {
        const split = attempt(() => splitMembership(parsePatch(patch), 'members'));
        if (!split) return;
        for (const change of split.membership) {
          if (change.kind === 'removeAll') continue;
          expect(change.values.every(({ value }) => typeof value === 'string')).toBe(true);
        }
        const group = attempt(() => applyPatch(groupResourceType, { displayName: 'G' }, split.rest));
        if (group) expect(readResource(groupResourceType, group)).toEqual(group);
      }),
      runs,
    );
  });
});

/** Any write to it is a throw, in strict code. */
function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
}
