import { COLUMNS } from '../../../shared/service/managed-users/columns';
import {
  attributesWith,
  bodyOfNew,
  changedColumns,
  columnValuesOf,
  withField,
} from '../../../shared/service/managed-users/user-values';
import { ScimError } from '../../../shared/scim/error';
import { readNewExact, readNewUser } from '../../../shared/service/users/user-input';

const REPORTS = { onIgnored: () => undefined, onSkipped: () => undefined };
const create = (values: Record<string, string>) => readNewExact(bodyOfNew(values), REPORTS);
const change = (before: ReturnType<typeof create>, values: Record<string, string>) =>
  attributesWith(before, values, REPORTS);

const FULL = {
  ...{ userName: 'ada@example.com', displayName: 'Ada', givenName: 'Ada', familyName: 'Lovelace' },
  ...{ email: 'ada@work.example.com', userType: 'Full User', active: 'false', title: 'Dr.' },
  ...{ department: 'Engines', employeeNumber: '7', preferredLanguage: 'de', externalId: 'x-1' },
};

describe('the values of a user', () => {
  it('are those that were given, and an import of them changes nothing', () => {
    const attributes = create(FULL);
    expect(Object.keys(FULL)).toEqual(COLUMNS.map(({ name }) => name));
    expect(columnValuesOf(attributes)).toEqual(FULL);
    expect(change(attributes, columnValuesOf(attributes))).toBe(attributes);
  });

  it('can all be changed and removed, except for userName and active', () => {
    const attributes = create(FULL);
    const others = Object.keys(FULL).filter((name) => !['userName', 'active'].includes(name));
    const removed = change(attributes, Object.fromEntries(others.map((name) => [name, ''])));
    // The userName is an address, so it is the address for emails.
    expect(removed).toEqual({
      userName: 'ada@example.com',
      active: false,
      emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
    });
    expect(change(removed, FULL)).toEqual(attributes);
    expect(change(attributes, { active: '' })).toBe(attributes);
    expect(() => change(attributes, { userName: '' })).toThrow('The userName is empty');
  });

  it('keep what has no column', () => {
    const attributes = readNewUser(
      {
        userName: 'ada',
        name: { givenName: 'Ada', honorificPrefix: 'Dr.' },
        emails: [{ value: 'home@example.com' }, { value: 'ada@example.com', primary: true }],
        roles: [{ value: 'admin' }],
      },
      REPORTS,
    );
    const after = change(attributes, { givenName: '', email: 'new@example.com', title: 'Engineer' });
    expect(after).toMatchObject({
      name: { honorificPrefix: 'Dr.' },
      emails: [{ value: 'home@example.com' }, { value: 'new@example.com', primary: true }],
      roles: [{ value: 'admin' }],
    });
    expect(changedColumns(attributes, after)).toEqual(['givenName', 'email', 'title']);
  });

  it('are refused if they are invalid, even if the user is inactive', () => {
    const values = { userName: 'ada', active: 'false', externalId: 'x'.repeat(1_100) };
    expect(() => create(values)).toThrow(/externalId/);
    expect(() => change(create({ ...values, externalId: 'x' }), values)).toThrow(/externalId/);
  });

  it.each([
    ['active', 'WAHR', true],
    ['active', 'No', false],
    ['active', '0', false],
  ])('%s can be %s', (name, text, expected) => {
    expect(create({ userName: 'ada', [name]: text })).toMatchObject({ [name]: expected });
  });

  it.each([
    ['active', 'perhaps', 'true or false'],
    ['email', 'Ada <ada@example.com>', 'one plain email address'],
    ['userType', 'Guest', 'Basic User, Core User, Full User'],
  ])('%s cannot be %s', (field, text, expected) => {
    let thrown: unknown;
    try {
      bodyOfNew({ userName: 'ada', [field]: text });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ field, message: expect.stringContaining(expected) as string });
  });
});

it('an error of the services names the column of its attribute', () => {
  expect(withField(ScimError.uniqueness('Taken.'))).toMatchObject({ problem: 'conflict', field: 'userName' });
  expect(withField(ScimError.invalidValue('emails is required because the user is active.'))).toMatchObject({
    problem: 'invalid',
    field: 'email',
  });
  const other = ScimError.forbidden('No seat.');
  expect(withField(other)).toBe(other);
});
