import { applyPatch } from '../../../shared/scim/patch/apply';
import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { groupResourceType } from '../../../shared/scim/resource-type';
import type { Attributes } from '../../../shared/scim/resource';
import { PATCH_OP } from '../../../shared/scim/urns';
import { patchUser } from '../../support/scim/scim-fixtures';

const schemas = [PATCH_OP];
const babs = '2819c223-7f76-453a-919d-413861904646';
const james = '08e1d05d-121c-4561-8b96-473d93df9210';
const babsRef = `https://example.com/v2/Users/${babs}`;
const jamesRef = `https://example.com/v2/Users/${james}`;

/** The user of the examples in §3.5.2. */
const user = {
  userName: 'bjensen',
  displayName: 'Babs Jensen',
  name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ] as Attributes[],
  addresses: [
    { type: 'work', streetAddress: '100 Universal City Plaza', locality: 'Hollywood', primary: true },
    { type: 'home', streetAddress: '456 Hollywood Blvd', locality: 'Hollywood' },
  ] as Attributes[],
};

describe('RFC 7644 §3.5.2.1, add', () => {
  it('adds a member to a group', () => {
    const Operations = [
      { op: 'add', path: 'members', value: [{ display: 'Babs Jensen', $ref: babsRef, value: babs }] },
    ];
    expect(splitMembership(parsePatch({ schemas, Operations }), 'members')).toEqual({
      membership: [{ kind: 'add', values: [{ value: babs, display: 'Babs Jensen' }] }],
      attributeOperations: [],
    });
  });

  it('adds attributes without a path', () => {
    const value = { emails: [{ value: 'babs@jensen.example', type: 'home' }], nickname: 'Babs' };
    const { emails: _, ...withoutEmails } = user;
    expect(patchUser(withoutEmails, { op: 'add', value })).toEqual({
      ...withoutEmails,
      emails: [{ value: 'babs@jensen.example', type: 'home' }],
      nickName: 'Babs',
    });
  });

  it('changes nothing if the value exists', () => {
    expect(patchUser(user, { op: 'add', path: 'emails', value: user.emails })).toEqual(user);
    expect(patchUser(user, { op: 'add', path: 'displayName', value: 'Babs Jensen' })).toEqual(user);
  });

  it('adds sub-attributes to a complex attribute', () => {
    expect(patchUser(user, { op: 'add', path: 'name', value: { givenName: 'Barbara' } })).toEqual({
      ...user,
      name: { ...user.name, givenName: 'Barbara' },
    });
  });
});

describe('RFC 7644 §3.5.2.2, remove', () => {
  const split = (...Operations: object[]) => splitMembership(parsePatch({ schemas, Operations }), 'members');

  it('removes one member of a group', () => {
    const { membership, attributeOperations } = split({ op: 'remove', path: `members[value eq "${babs}"]` });
    expect(membership).toEqual([{ kind: 'remove', values: [{ value: babs }] }]);
    expect(attributeOperations).toEqual([]);
  });

  it('removes all members of a group', () => {
    expect(split({ op: 'remove', path: 'members' }).membership).toEqual([{ kind: 'removeAll' }]);
  });

  it('removes the values that a filter selects', () => {
    const path = 'emails[type eq "work" and value ew "example.com"]';
    expect(patchUser(user, { op: 'remove', path })).toEqual({ ...user, emails: [user.emails[1]] });
  });

  it('removes and adds a member in one request', () => {
    const { membership } = split(
      { op: 'remove', path: `members[value eq "${babs}"]` },
      { op: 'add', path: 'members', value: [{ display: 'James Smith', $ref: jamesRef, value: james }] },
    );
    expect(membership).toEqual([
      { kind: 'remove', values: [{ value: babs }] },
      { kind: 'add', values: [{ value: james, display: 'James Smith' }] },
    ]);
  });
});

describe('RFC 7644 §3.5.2.3, replace', () => {
  it('replaces all members of a group by others', () => {
    const Operations = [
      {
        op: 'replace',
        path: 'members',
        value: [
          { display: 'Babs Jensen', $ref: babsRef, value: babs },
          { display: 'James Smith', $ref: jamesRef, value: james },
        ],
      },
    ];
    const { membership, attributeOperations } = splitMembership(
      parsePatch({ schemas, Operations }),
      'members',
    );
    expect(membership).toEqual([
      {
        kind: 'replace',
        values: [
          { value: babs, display: 'Babs Jensen' },
          { value: james, display: 'James Smith' },
        ],
      },
    ]);
    expect(applyPatch(groupResourceType, { displayName: 'Tour Guides' }, attributeOperations)).toEqual({
      displayName: 'Tour Guides',
    });
  });

  it("replaces the user's work address, matched by a value filter", () => {
    const address = {
      type: 'work',
      streetAddress: '911 Universal City Plaza',
      locality: 'Hollywood',
      region: 'CA',
      postalCode: '91608',
      country: 'US',
      formatted: '911 Universal City Plaza\nHollywood, CA 91608 US',
      primary: true,
    };
    expect(patchUser(user, { op: 'replace', path: 'addresses[type eq "work"]', value: address })).toEqual({
      ...user,
      addresses: [address, user.addresses[1]],
    });
  });

  it('replaces one sub-attribute of a matched value', () => {
    const path = 'addresses[type eq "work"].streetAddress';
    expect(patchUser(user, { op: 'replace', path, value: '1010 Broadway Ave' })).toEqual({
      ...user,
      addresses: [{ ...user.addresses[0], streetAddress: '1010 Broadway Ave' }, user.addresses[1]],
    });
  });

  it('replaces attributes without a path', () => {
    const emails = [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.example', type: 'home' },
    ];
    expect(patchUser(user, { op: 'replace', value: { emails, nickname: 'Babs' } })).toEqual({
      ...user,
      emails,
      nickName: 'Babs',
    });
  });
});
