import leavers from '../../fixtures/field/leavers.json';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import type { Attributes, Json } from '../../../shared/scim/resource';
import {
  readNewUser,
  readReplacement,
  readUserPatch,
  type InputReports,
} from '../../../shared/service/users/user-input';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const work = { value: 'jdoe@example.com', type: 'work', primary: true };
const jdoe: Attributes = {
  userName: 'jdoe',
  emails: [work],
  active: true,
  timezone: 'Europe/Berlin',
  title: 'Clerk',
  [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' },
};
const deactivate = { op: 'Replace', path: 'active', value: 'False' };

const isAddressChange = (path: string): boolean =>
  ['emails', 'emails[type eq "work"].value', 'emails[type co "w"].value'].includes(path);

let skipped: string[];
let ignored: string[];
const reports: InputReports = {
  onIgnored: (path, reason) => ignored.push(`${path}: ${reason}`),
  onSkipped: (path) => skipped.push(path),
};
beforeEach(() => {
  skipped = [];
  ignored = [];
});

const patch = (operations: Json[], before = jdoe): Attributes =>
  readUserPatch({ Operations: operations }, reports).apply(before);
const put = (body: Json, before = jdoe): Attributes => readReplacement(body, reports)(before);

describe('a PATCH that leaves the user inactive', () => {
  it.each<[string, Json]>([
    ...leavers.unreadable.map(({ path, value }): [string, Json] => [path, value as Json]),
    [`${ENTERPRISE_USER_SCHEMA}:department`, ['a', 'b']],
    ['externalId', 'é'.repeat(600)],
    ['displayName', 'é'.repeat(600)],
    ['userName', 'a\nb'],
    ['userName', 'a\u202e'],
    ['userName', 'a\u200b'],
    ['userName', '\ufdfa'.repeat(100)],
    ['userName', 'x'.repeat(300)],
    ['title', 'x'.repeat(9000)],
    ['emails', [{ value: 'n/a', type: 'work', primary: true }]],
    ['emails[type co "w"].value', 'x'],
    ['emails[type eq', 'x'],
    ['two words', 'x'],
    ['groups', [{ display: 'no ID' }]],
    ['phoneNumbers', Array.from({ length: 201 }, (_, at) => ({ value: String(at) }))],
  ])('skips and reports %s, before and after the deactivation', (path, value) => {
    const operation = { op: 'Replace', path, value };
    for (const operations of [
      [operation, deactivate],
      [deactivate, operation],
    ]) {
      skipped = [];
      expect(patch(operations)).toEqual({ ...jdoe, active: false });
      expect(skipped).toEqual([path]);
    }
    // An active user may have an address to which no email can be sent.
    if (isAddressChange(path)) expect(patch([operation])).toMatchObject({ active: true });
    else expect(scimErrorOf(() => patch([operation])).status).toBe(400);
  });

  it('skips only the unreadable members of a value without a path', () => {
    const value = {
      timezone: 'Pacific Standard Time',
      title: 'Retired',
      active: false,
      photos: [{ value: 1e9 }, true],
    };
    expect(patch([{ op: 'replace', value }])).toEqual({
      ...jdoe,
      active: false,
      title: 'Retired',
    });
    expect(skipped).toEqual(['timezone', 'photos']);
  });

  it('skips only the unreadable members of an extension', () => {
    const value = { department: true, costCenter: '7' };
    const after = patch([{ op: 'add', path: ENTERPRISE_USER_SCHEMA, value }, deactivate]);
    expect(after[ENTERPRISE_USER_SCHEMA]).toEqual({ costCenter: '7' });
    expect(skipped).toEqual([`${ENTERPRISE_USER_SCHEMA}:department`]);
  });

  it('keeps the userName if an operation removes it, and takes a later one', () => {
    const remove = { op: 'remove', path: 'userName' };
    expect(patch([remove, deactivate]).userName).toBe('jdoe');
    const rename = { op: 'replace', path: 'userName', value: 'left-jdoe' };
    expect(patch([remove, rename, deactivate]).userName).toBe('left-jdoe');
  });

  it('skips the operations that would make the user too large', () => {
    const roles = (size: number) =>
      Array.from({ length: size }, (_, at) => ({ value: `${at}-${'x'.repeat(1500)}` }));
    const operations = [
      { op: 'add', path: 'roles', value: roles(100) },
      { op: 'add', path: 'entitlements', value: roles(100) },
      { op: 'replace', path: 'title', value: 'Retired' },
      deactivate,
    ];
    const after = patch(operations);
    expect(after).toMatchObject({ active: false, title: 'Retired' });
    expect(after.roles).toHaveLength(100);
    expect(after.entitlements).toBeUndefined();
    expect(skipped).toEqual(['entitlements']);
  });

  it('may be one for a user who was inactive before', () => {
    const inactive = { ...jdoe, active: false };
    expect(patch([{ op: 'replace', path: 'timezone', value: 'Mars' }], inactive)).toEqual(inactive);
  });

  it.each<[string, Json, string]>([
    ['a path that cannot be read', { op: 'add', path: 'two words', value: 'x' }, 'invalidPath'],
    ['a filter that cannot be read', { op: 'add', path: 'emails[type eq', value: 'x' }, 'invalidPath'],
    [
      'a filter that selects nothing',
      { op: 'replace', path: 'emails[type co "w"].value', value: 'x' },
      'noTarget',
    ],
    ['no value', { op: 'replace', path: 'title' }, 'invalidValue'],
    ['neither a path nor an object', { op: 'replace', value: 'x' }, 'invalidSyntax'],
    ['a remove without a path', { op: 'remove' }, 'noTarget'],
    ['a remove of the userName', { op: 'remove', path: 'userName' }, 'mutability'],
    ['a group without an ID', { op: 'add', path: 'groups', value: [{ display: 'no ID' }] }, 'invalidValue'],
    ['groups that are not selected by ID', { op: 'remove', path: 'groups[display eq "red"]' }, 'invalidPath'],
  ])('is refused because of %s if no access is at stake, and accepted if it is', (_, operation, scimType) => {
    const inactive = { ...jdoe, emails: [{ ...work, type: 'home' }], active: false };
    const bad = { op: 'replace', path: 'timezone', value: 'Mars' };
    for (const operations of [[operation], [bad, operation], [operation, bad]])
      expect(scimErrorOf(() => patch(operations, inactive)).status).toBe(400);
    expect(scimErrorOf(() => patch([operation], inactive)).scimType).toBe(scimType);
    expect(skipped).toEqual([]);
    // A client repeats a deactivation whose response was lost.
    for (const active of [true, false]) {
      skipped = [];
      expect(patch([operation, bad, deactivate], { ...inactive, active })).toEqual(inactive);
      expect(skipped).toHaveLength(2);
    }
  });

  it('counts the last value of active', () => {
    const activate = { op: 'replace', path: 'active', value: true };
    const bad = { op: 'replace', path: 'timezone', value: 'Mars' };
    expect(scimErrorOf(() => patch([deactivate, bad, activate])).detail).toContain('timezone');
    expect(patch([activate, bad, deactivate]).active).toBe(false);
  });

  it.each<[Json[]]>([
    [[{ op: 'replace', path: 'active', value: 'maybe' }]],
    [[{ op: 'replace', value: { active: 'maybe' } }]],
    [[{ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:ACTIVE', value: 'no' }]],
    [[{ op: 'toggle', path: 'title', value: 'x' }, deactivate]],
    [['x', deactivate]],
  ])('is refused if its intent is unknown: %j', (operations) => {
    expect(scimErrorOf(() => patch(operations, { ...jdoe, active: false })).status).toBe(400);
  });
});

describe('a PUT that leaves the user inactive', () => {
  it('treats unreadable values as absent', () => {
    const body = {
      userName: 'jdoe',
      active: false,
      title: true,
      timezone: 'Mars',
      name: { familyName: { a: 'b' } },
      nickName: 'J',
      externalId: 'é'.repeat(600),
      emails: [{ value: 'n/a' }],
      [ENTERPRISE_USER_SCHEMA]: 'none',
    };
    expect(put(body)).toEqual({ userName: 'jdoe', active: false, nickName: 'J' });
    expect(skipped.sort()).toEqual(
      ['title', 'timezone', 'name', 'externalId', 'emails', ENTERPRISE_USER_SCHEMA].sort(),
    );
  });

  it.each<[Json | undefined]>([[undefined], [''], [null], [['a', 'b']], ['a\u0000'], ['x'.repeat(300)]])(
    'keeps the userName if it is %j',
    (userName) => {
      const body = { ...(userName !== undefined && { userName }), active: 'False' };
      expect(put(body)).toMatchObject({ userName: 'jdoe', active: false });
      expect(scimErrorOf(() => put({ ...body, active: true })).status).toBe(400);
    },
  );

  it('keeps active, so that it may be one without active', () => {
    expect(put({ userName: 'jdoe', timezone: 'Mars' }, { ...jdoe, active: false }).active).toBe(false);
  });

  it('skips the largest attributes of a user who is too large', () => {
    const roles = Array.from({ length: 200 }, (_, at) => ({ value: `${at}-${'x'.repeat(1200)}` }));
    expect(put({ userName: 'jdoe', active: false, roles, title: 'Retired' })).toMatchObject({
      title: 'Retired',
    });
    expect(skipped).toEqual(['roles']);
  });

  it('is refused if active cannot be read', () => {
    expect(
      scimErrorOf(() => put({ userName: 'jdoe', active: 'no' }, { ...jdoe, active: false })).status,
    ).toBe(400);
  });
});

describe('a POST of an inactive user', () => {
  it('treats unreadable values as absent', () => {
    const user = readNewUser({ userName: 'svc', active: false, timezone: 'Mars', emails: 'n/a' }, reports);
    expect(user).toEqual({ userName: 'svc', active: false });
    expect(skipped).toEqual(['timezone', 'emails']);
  });

  it('needs a userName', () => {
    expect(scimErrorOf(() => readNewUser({ active: false }, reports)).detail).toContain(
      'userName is required',
    );
  });

  it('is refused for the same values if the user is active', () => {
    expect(scimErrorOf(() => readNewUser({ userName: 'a@b.c', timezone: 'Mars' }, reports)).status).toBe(400);
    expect(skipped).toEqual([]);
  });
});

describe('a PUT with the default user type', () => {
  const type = { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' } };
  const { [PRODUCT_USER_SCHEMA]: _, ...withoutType } = jdoe;

  it('does not decide on the type of a user who is shown with it, because Okta sends back what it read', () => {
    expect(put({ ...withoutType, ...type }, withoutType)).toEqual(withoutType);
  });

  it.each(['Basic User', 'Full User'])('decides on the type of a user with the type %s', (nrUserType) => {
    const before = { ...withoutType, [PRODUCT_USER_SCHEMA]: { nrUserType } };
    expect(put({ ...withoutType, ...type }, before)).toEqual({ ...withoutType, ...type });
  });

  it('is not what a POST or a PATCH with it is: both decide', () => {
    expect(readNewUser({ userName: 'jdoe', ...type }, reports)).toMatchObject(type);
    const operation = { op: 'add', path: `${PRODUCT_USER_SCHEMA}:nrUserType`, value: 'basic user' };
    expect(patch([operation], withoutType)).toMatchObject(type);
  });
});

describe('a user type that is not in the settings', () => {
  const path = `${PRODUCT_USER_SCHEMA}:nrUserType`;
  const before = { ...jdoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } };
  const { [PRODUCT_USER_SCHEMA]: _, ...withoutType } = before;
  const unknown = ['Gold User', 'Full', 7, { value: 'Gold User' }];
  const reported: unknown[] = [expect.stringContaining(`${path}: The value of `)];

  it.each(unknown)('is ignored and reported in a POST: %j', (nrUserType) => {
    const user = readNewUser(
      { ...withoutType, [PRODUCT_USER_SCHEMA]: { nrUserType } as Attributes },
      reports,
    );
    expect(user).toEqual(withoutType);
    expect(ignored).toEqual(reported);
  });

  it.each(unknown)('leaves the type as it is in a PUT: %j', (nrUserType) => {
    const body = { ...withoutType, [PRODUCT_USER_SCHEMA]: { nrUserType } as Attributes };
    expect(put(body, before)).toEqual(before);
    expect(put(body, withoutType)).toEqual(withoutType);
    expect(put({ ...body, active: false }, before)).toEqual({ ...before, active: false });
    expect(new Set(ignored).size).toBe(1);
    expect(ignored).toEqual(expect.arrayContaining(reported));
  });

  it.each(unknown)('leaves the type as it is in a PATCH, whose other operations apply: %j', (value) => {
    const title = { op: 'replace', path: 'title', value: 'Chief' };
    for (const op of ['add', 'replace']) {
      for (const operation of [
        { op, path, value },
        { op, value: { [path]: value } },
        { op, path: PRODUCT_USER_SCHEMA, value: { nrUserType: value } },
        { op, path: 'nrUserType', value },
      ] as Json[]) {
        ignored = [];
        expect(patch([operation, title], before)).toEqual({ ...before, title: 'Chief' });
        expect(patch([operation, deactivate], before)).toEqual({ ...before, active: false });
        expect(ignored).toEqual([...reported, ...reported]);
      }
    }
  });

  it('is none if it is empty, or in another case or width', () => {
    expect(patch([{ op: 'replace', path, value: '' }], before)).toEqual(withoutType);
    expect(patch([{ op: 'replace', path, value: ' ｃｏｒｅ user ' }], before)).toMatchObject({
      [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' },
    });
    expect(ignored).toEqual([]);
  });
});

describe('a photo that is too long', () => {
  const photo = (length: number) => ({ value: `data:image/png;base64,${'A'.repeat(length)}`, type: 'photo' });
  const before = { ...jdoe, photos: [photo(100)] };
  const reported = [expect.stringMatching(/^photos: .*9022 characters/)];

  it('leaves the photos as they are in a PUT, also of a user who becomes inactive', () => {
    const body = { ...jdoe, photos: [photo(9_000)] };
    expect(put(body, before)).toEqual(before);
    expect(ignored).toEqual(reported);
    expect(put({ ...body, active: false, timezone: 'Mars' }, before)).toMatchObject({
      active: false,
      photos: before.photos,
    });
    expect(put(body, jdoe)).toEqual(jdoe);
  });

  it('is left out if the PUT contains another photo', () => {
    expect(put({ ...jdoe, photos: [photo(9_000), photo(200)] }, before).photos).toEqual([photo(200)]);
    expect(ignored).toEqual(reported);
  });

  it('does not refuse a PUT that is too large with the stored photos', () => {
    const roles = Array.from({ length: 120 }, (_, at) => ({ value: `${at}-${'x'.repeat(1200)}` }));
    const photos = Array.from({ length: 10 }, (_, at) => photo(7_000 + at));
    const after = put({ ...jdoe, roles, photos: [photo(9_000)] }, { ...jdoe, photos });
    expect(after.roles).toEqual(roles);
    expect(after.photos).toBeUndefined();
  });
});

describe('a number for a text', () => {
  it('is stored as it was sent', () => {
    expect(readNewUser({ ...jdoe, externalId: 9007199254740991 }, reports).externalId).toBe(
      '9007199254740991',
    );
  });

  it.each(['9007199254740993', '-9007199254740993', '1e21', '1e999'])(
    'is refused if JSON cannot hold it exactly: %s',
    (number) => {
      const body = JSON.parse(`{"userName":"ada","externalId":${number}}`) as Json;
      expect(scimErrorOf(() => readNewUser(body, reports))).toMatchObject({
        status: 400,
        scimType: 'invalidValue',
        detail: expect.stringContaining('externalId is not valid because it is not a string') as string,
      });
      const employee = {
        op: 'add',
        path: `${ENTERPRISE_USER_SCHEMA}:employeeNumber`,
        value: JSON.parse(number) as Json,
      };
      expect(scimErrorOf(() => patch([employee])).scimType).toBe('invalidValue');
    },
  );
});
