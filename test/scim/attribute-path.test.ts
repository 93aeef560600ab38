import { findAttribute, isAttributePath, isWritable, resolvePath } from '../../shared/scim/attribute-path';
import { groupResourceType } from '../../shared/scim/resource-type';
import { commonAttributes } from '../../shared/scim/schemas/common';
import { ENTERPRISE_USER_SCHEMA as ENT, USER_SCHEMA } from '../../shared/scim/urns';
import { userResourceType } from '../../shared/product/product';
import { PRODUCT_USER_SCHEMA } from '../support/scim/product';

/** Resolves a path to `[extension, attribute, sub-attribute]`. */
const resolved = (path: string) => {
  const found = resolvePath(userResourceType, path);
  return found && [found.extension?.name, found.attribute?.name, found.subAttribute?.name];
};

describe('resolvePath', () => {
  it.each<[string, (string | undefined)[] | undefined]>([
    ['userName', [undefined, 'userName', undefined]],
    ['USERNAME', [undefined, 'userName', undefined]],
    ['name.GivenName', [undefined, 'name', 'givenName']],
    ['emails.value', [undefined, 'emails', 'value']],
    ['meta.version', [undefined, 'meta', 'version']],
    ['id', [undefined, 'id', undefined]],
    [USER_SCHEMA, [undefined, undefined, undefined]],
    [`${USER_SCHEMA}:name.givenName`, [undefined, 'name', 'givenName']],
    [ENT, ['EnterpriseUser', undefined, undefined]],
    [`${ENT}:department`, ['EnterpriseUser', 'department', undefined]],
    [`${ENT.toUpperCase()}:MANAGER.$REF`, ['EnterpriseUser', 'manager', '$ref']],
    [`${PRODUCT_USER_SCHEMA}:nrUserType`, ['ProductUser', 'nrUserType', undefined]],
    [`${ENT}.manager`, ['EnterpriseUser', 'manager', undefined]],
    [`${ENT.toLowerCase()}.Manager.displayName`, ['EnterpriseUser', 'manager', 'displayName']],
    [`${PRODUCT_USER_SCHEMA}.nrUserType`, ['ProductUser', 'nrUserType', undefined]],
    [`${USER_SCHEMA}.name.givenName`, [undefined, 'name', 'givenName']],
    [`${ENT}.`, undefined],
    [`${ENT}..manager`, undefined],
    [`${ENT}.userName`, undefined],
    ['department', ['EnterpriseUser', 'department', undefined]],
    ['manager.value', ['EnterpriseUser', 'manager', 'value']],
    ['nrUserType', ['ProductUser', 'nrUserType', undefined]],
    ['shoeSize', undefined],
    ['name.initials', undefined],
    ['userName.value', undefined],
    [`${ENT}:userName`, undefined],
    [`${ENT}:id`, undefined],
    [`${ENT}x:department`, undefined],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department', undefined],
    ['urn:example:2.0:User', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor.prototype', undefined],
  ])('resolves %s', (path, expected) => {
    expect(resolved(path)).toEqual(expected);
  });

  it('resolves only attributes of the type', () => {
    expect(resolvePath(groupResourceType, 'members.value')?.subAttribute?.name).toBe('value');
    expect(resolvePath(groupResourceType, 'userName')).toBeUndefined();
  });
});

describe('isAttributePath', () => {
  it.each([
    'userName',
    'name.givenName',
    'members.$ref',
    '$ref',
    'a-b_c1',
    ENT,
    `${ENT}:manager.value`,
    'urn:x',
  ])('accepts %s', (path) => {
    expect(isAttributePath(path)).toBe(true);
  });

  it.each(['', 'a.b.c', '1a', 'a b', 'a.', '.a', 'a[b]', 'urn:', 'urn:a b', 'a"b', '$id'])(
    'rejects "%s"',
    (path) => {
      expect(isAttributePath(path)).toBe(false);
    },
  );
});

describe('isWritable', () => {
  it('is false for attributes that the service sets, and for the password, which it drops', () => {
    const attributes = [...commonAttributes, ...userResourceType.schema.attributes];
    expect(attributes.filter((attribute) => !isWritable(attribute)).map(({ name }) => name)).toEqual([
      'schemas',
      'id',
      'meta',
      'password',
      'groups',
    ]);
  });
});

describe('findAttribute', () => {
  it('does not find members of the prototype', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(findAttribute(commonAttributes, name)).toBeUndefined();
    }
  });
});
