import fc from 'fast-check';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

/*
 * What clients send, for property tests: `likely…` mostly makes sense, so that most of it gets past the first
 * check; `wild…` is any JSON with the names in it that mean something, to a schema or to JavaScript.
 */
const text = fc.constantFrom<unknown>(
  'x',
  'X',
  'a@example.com',
  'work',
  '{"id":"1"}',
  7,
  '',
  null,
  [null],
  [{ $ref: null, value: 'x' }],
);
const truth = fc.constantFrom<unknown>(true, false, 'True', 'false', null, '', [{ value: 'true' }]);
const optionalRecord = <T>(shape: { [name: string]: fc.Arbitrary<T> }) =>
  fc.record(shape, { requiredKeys: [] });

const element = fc.oneof(
  optionalRecord<unknown>({
    value: fc.constantFrom('a@example.com', 'b@example.com', 'x', null),
    type: fc.constantFrom('work', 'Home', ''),
    primary: truth,
    display: text,
    shoeSize: fc.constant(46),
  }),
  fc.constantFrom<unknown>('a@example.com', 'x', null, {}),
);
const elements = fc.oneof({ weight: 4, arbitrary: fc.array(element, { maxLength: 4 }) }, element);
const name = fc.oneof(
  optionalRecord<unknown>({ givenName: text, FamilyName: text, initials: text }),
  fc.constant(null),
);
const manager = fc.constantFrom<unknown>('m', { value: 'm' }, [{ $ref: null, value: 'm' }], null, '');
const userType = fc.constantFrom<unknown>('Full User', 'basic user', null);

/** Likely values by path. */
const likelyValues: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  title: text,
  NICKNAME: text,
  externalId: text,
  active: truth,
  name,
  'name.givenName': text,
  emails: elements,
  roles: elements,
  'emails.display': text,
  'emails[type eq "work"]': element,
  'emails[type eq "work"].value': text,
  'emails[primary eq "True"].type': text,
  'roles[value eq "x" and type eq "work"].primary': truth,
  'emails[not (type eq "work")].display': text,
  'addresses[type eq "work"].country': text,
  [ENTERPRISE_USER_SCHEMA]: optionalRecord<unknown>({ department: text, manager, costCenter: text }),
  [`${ENTERPRISE_USER_SCHEMA}:manager`]: manager,
  [`${PRODUCT_USER_SCHEMA}:nrUserType`]: userType,
  [`${USER_SCHEMA}:displayName`]: text,
  id: text,
  groups: elements,
  password: text,
  shoeSize: text,
};

export const likelyUser = fc.record(
  {
    userName: fc.constant('ada'),
    ...Object.fromEntries(Object.entries(likelyValues).filter(([path]) => !path.includes('['))),
  },
  { requiredKeys: ['userName'] },
);

const op = fc.constantFrom('add', 'Replace', 'remove');
const valueAtPath = fc
  .constantFrom(...Object.entries(likelyValues))
  .chain(([path, values]) => values.map((value) => ({ path, value })));
const likelyOperation = fc.oneof(
  fc.tuple(op, valueAtPath).map(([each, at]) => ({ op: each, ...at })),
  valueAtPath.map(({ path }) => ({ op: 'remove', path })),
  fc.record({ op: fc.constantFrom('add', 'replace'), value: optionalRecord(likelyValues) }),
);
const members = fc.oneof(
  fc.array(fc.constantFrom<unknown>('u', { value: 'u', display: null }, { value: 'v', display: 'V' }, null), {
    maxLength: 4,
  }),
  fc.constantFrom<unknown>('u', { value: 'v' }, null, ''),
);
const likelyGroupOperation = fc.oneof(
  fc.record({
    op,
    path: fc.constantFrom('members', 'Members', 'members[value eq "u"]', `${GROUP_SCHEMA}:members`),
    value: members,
  }),
  fc.record({
    op: fc.constantFrom('add', 'replace'),
    value: optionalRecord<unknown>({ members, displayName: fc.constant('N'), id: text }),
  }),
);

const patchRequest = (operation: fc.Arbitrary<object>) =>
  fc.record({ Operations: fc.array(operation, { minLength: 1, maxLength: 5 }) });
export const likelyPatch = patchRequest(likelyOperation);
export const likelyGroupPatch = patchRequest(likelyGroupOperation);
export const likelyReplace = patchRequest(
  valueAtPath.filter(({ path }) => !path.includes('[')).map((at) => ({ op: 'replace', ...at })),
);

const urns = [USER_SCHEMA, GROUP_SCHEMA, ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA];
const attributeName = fc.oneof(
  fc.constantFrom(
    ...[
      'userName',
      'name',
      'title',
      'active',
      'emails',
      'x509Certificates',
      'profileUrl',
      'password',
      'members',
      'id',
    ],
    ...['meta', 'schemas', 'manager', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'],
  ),
  fc.string({ maxLength: 8 }),
);
const partName = fc.constantFrom('value', 'type', 'primary', '$ref', 'givenName', '__proto__', 'constructor');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const suffix = optional(partName).map((part) => (part ? `.${part}` : ''));
const filter = fc
  .tuple(partName, fc.constantFrom('eq "work"', 'eq true', 'ne null', 'co "x"', 'gt 1', 'pr', 'is'))
  .map((term) => term.join(' '));
const wildPath = fc.oneof(
  fc
    .tuple(optional(fc.constantFrom(...urns)), attributeName, suffix)
    .map(([urn, ...path]) => (urn ? `${urn}:` : '') + path.join('')),
  fc.tuple(attributeName, filter, suffix).map(([first, inner, last]) => `${first}[${inner}]${last}`),
  fc.constantFrom(...urns),
);

export const { wildJson } = fc.letrec((tie) => ({
  wildJson: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'True', 'work', true, 0, '{"title":"x"}', '{'),
    fc.string({ maxLength: 10 }),
    fc.array(tie('wildJson'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(partName, wildPath), tie('wildJson')), { maxLength: 5 })
      // Makes `__proto__` an own member, as JSON.parse does and an assignment does not.
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

export const wildPatch = patchRequest(
  fc.record({ op, path: fc.oneof(wildPath, fc.constant('')), value: wildJson }, { requiredKeys: ['op'] }),
);
