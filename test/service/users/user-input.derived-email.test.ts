import { derivedEmail, withoutEmailMark } from '../../../shared/scim/derived-email';
import { licenseAddress } from '../../../shared/scim/input/user-rules';
import { toResource } from '../../../shared/scim/output/representation';
import type { Attributes, Json } from '../../../shared/scim/resource';
import { userResourceType } from '../../../shared/product/product';
import {
  readNewUser,
  readReplacement,
  readUserPatch,
  type InputReports,
} from '../../../shared/service/users/user-input';

const reports: InputReports = { onIgnored: () => undefined, onSkipped: () => undefined };
const create = (more: Attributes = {}): Attributes =>
  readNewUser({ userName: 'ada@old.example', ...more }, reports);
const patch = (before: Attributes, ...Operations: Json[]): Attributes =>
  readUserPatch({ Operations }, reports).apply(before);
const put = (before: Attributes, body: Attributes): Attributes => readReplacement(body, reports)(before);

/** Returns the attributes that a client sees. */
const seen = (attributes: Attributes): Attributes => withoutEmailMark(attributes);

const rename = { op: 'replace', path: 'userName', value: 'ada@new.example' };
const old: Attributes = { value: 'ada@old.example', type: 'work', primary: true };

describe('the address of a user who was created without emails', () => {
  it.each<[string, (before: Attributes) => Attributes]>([
    ['a PATCH with a path', (before) => patch(before, rename)],
    [
      'a PATCH without a path',
      (before) => patch(before, { op: 'replace', value: { userName: rename.value } }),
    ],
    ['a PUT of the userName', (before) => put(before, { userName: rename.value })],
    ['a PUT of all that was read', (before) => put(before, { ...seen(before), userName: rename.value })],
    [
      'a PUT whose email has its parts in another order',
      (before) =>
        put(before, {
          userName: rename.value,
          emails: [{ primary: true, type: 'work', value: old.value ?? '' }],
        }),
    ],
    [
      'a PATCH after one that changed nothing of the emails',
      (before) =>
        patch(
          patch(
            before,
            { op: 'remove', path: 'emails[type eq "home"]' },
            { op: 'add', path: 'emails', value: [] },
          ),
          rename,
        ),
    ],
    [
      'a PATCH after one that cleared the emails',
      (before) => patch(patch(before, { op: 'remove', path: 'emails' }), rename),
    ],
    [
      'a PATCH that deactivates the user',
      (before) => patch(before, { op: 'replace', path: 'active', value: false }, rename),
    ],
    [
      'a tolerant PATCH',
      (before) =>
        patch(before, { op: 'replace', path: 'active', value: false }, rename, {
          op: 'add',
          path: 'title',
          value: ['a', 'b'],
        }),
    ],
  ])('follows the userName in %s', (_, change) => {
    const after = change(create());
    expect(licenseAddress(after)).toBe('ada@new.example');
    expect(after.emails).toEqual([derivedEmail('ada@new.example')]);
  });

  it.each<[string, (before: Attributes) => Attributes]>([
    ['a PATCH of the whole list', (before) => patch(before, { op: 'replace', path: 'emails', value: [old] })],
    [
      'a PATCH with a value path',
      (before) =>
        patch(before, { op: 'Replace', path: 'emails[type eq "work"].value', value: old.value ?? '' }),
    ],
    ['a PATCH that adds it', (before) => patch(before, { op: 'add', path: 'emails', value: [old] })],
    ['a PATCH without a path', (before) => patch(before, { op: 'replace', value: { emails: [old] } })],
    [
      'a PUT of the address with another type',
      (before) => put(before, { ...before, emails: [{ ...old, type: 'other' }] }),
    ],
    [
      'a PATCH that adds another address',
      (before) =>
        patch(before, { op: 'add', path: 'emails', value: [{ value: 'home@example.com', type: 'home' }] }),
    ],
  ])('stays after it was set by %s', (_, set) => {
    const explicit = set(create());
    expect(licenseAddress(patch(explicit, rename))).toBe('ada@old.example');
    expect(licenseAddress(put(explicit, { ...seen(explicit), userName: rename.value }))).toBe(
      'ada@old.example',
    );
  });

  it('is none if the new userName is no address, and comes back with an address', () => {
    const renamed = patch(create(), { ...rename, value: 'ada' });
    expect(renamed.emails).toBeUndefined();
    expect(licenseAddress(patch(renamed, rename))).toBe('ada@new.example');
  });

  it('is the derived one again after the emails were cleared', () => {
    const explicit = create({ emails: [{ value: 'mail@example.com' }] });
    const cleared = patch(explicit, { op: 'replace', path: 'emails', value: null });
    expect(licenseAddress(patch(cleared, rename))).toBe('ada@new.example');
  });

  it('does not change the attributes of a PATCH or a PUT that repeats what is stored', () => {
    const before = create();
    expect(patch(before, { op: 'replace', path: 'userName', value: 'ada@old.example' })).toEqual(before);
    expect(put(before, seen(before))).toEqual(before);
  });

  it('is shown without a mark', () => {
    const base = { id: '1', version: 1, created: '', lastModified: '', baseUrl: '' };
    const { emails } = toResource(userResourceType, { ...base, attributes: create() });
    expect(emails).toEqual([old]);
  });

  it('cannot be marked by a client', () => {
    const body = { ...old, $derived: true };
    const explicit = create({ emails: [body] });
    expect(explicit.emails).toEqual([old]);
    const operation = { op: 'replace', path: 'emails', value: [body] };
    expect(patch(explicit, operation).emails).toEqual([old]);
  });
});

it('keeps an address that equals the userName and was sent when the user was created', () => {
  const explicit = create({ emails: [old] });
  expect(licenseAddress(patch(explicit, rename))).toBe('ada@old.example');
  expect(licenseAddress(put(explicit, { ...seen(explicit), userName: rename.value }))).toBe(
    'ada@old.example',
  );
});

it('keeps the address of a user that an earlier version stored, because it may have been sent', () => {
  const stored: Attributes = { userName: 'ada@old.example', active: true, emails: [old] };
  expect(licenseAddress(patch(stored, rename))).toBe('ada@old.example');
});
