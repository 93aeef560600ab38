import { readDomain } from '../../support/consistency/domain-data';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import { replaceBody, uniqueName, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { createDomainClient, type DomainClient } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
let user: ProvisionedUser;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
});

describe('an array for an attribute that takes one value', () => {
  it.each<[string, unknown, object]>([
    ['userName', ['x'], { userName: ['x'] }],
    ['externalId', ['x'], { externalId: ['x'] }],
    ['active', [true], { active: [true] }],
    ['title', ['x'], { title: ['x'] }],
    ['name.familyName', ['x'], { name: { familyName: ['x'] } }],
    ['emails[type eq "work"].display', ['x'], { emails: [{ value: 'a@example.com', display: ['x'] }] }],
    [`${ENTERPRISE_USER_SCHEMA}:manager`, ['x'], { [ENTERPRISE_USER_SCHEMA]: { manager: ['x'] } }],
    [
      `${PRODUCT_USER_SCHEMA}:nrUserType`,
      ['Full User'],
      { [PRODUCT_USER_SCHEMA]: { nrUserType: ['Full User'] } },
    ],
  ])('is refused and changes nothing: %s', async (path, value, body) => {
    const before = await readDomain(domain.domainId);
    const whole = userBody(user.userName, body);
    expectScimError(await domain.request('POST', '/Users', { ...userBody(), ...body }), 400, 'invalidValue');
    expectScimError(await domain.request('PUT', user.path, whole), 400, 'invalidValue');
    expectScimError(await domain.request('PATCH', user.path, replaceBody(path, value)), 400, 'invalidValue');
    expect(await readDomain(domain.domainId)).toEqual(before);
  });

  it('is refused for the name of a group', async () => {
    expectScimError(
      await domain.request('POST', '/Groups', { displayName: [uniqueName()] }),
      400,
      'invalidValue',
    );
  });

  it('is accepted if it has one object, as old Entra jobs send it', async () => {
    const patch = replaceBody('title', [{ $ref: null, value: 'Boss' }]);
    expect(await domain.request('PATCH', user.path, patch)).toMatchObject({
      status: 200,
      body: { title: 'Boss' },
    });
  });
});
