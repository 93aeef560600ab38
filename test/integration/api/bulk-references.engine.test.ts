import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, patchBody, userBody } from '../../support/requests/bodies';
import {
  failedOperation,
  idFromLocation,
  createGroupOperation,
  createUserOperation,
  sendBulk,
} from '../../support/requests/bulk';
import { provisionUser } from '../../support/requests/provision-user';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

const read = async (path: string) =>
  (await domain.request('GET', path)).body as Record<string, unknown> & {
    members?: { value: string }[];
    groups?: { value: string }[];
  };
const managerOf = async (id: string): Promise<string | undefined> => {
  const user = await read(`/Users/${id}`);
  return (user[ENTERPRISE_USER_SCHEMA] as { manager?: { value: string } } | undefined)?.manager?.value;
};
const reportingTo = (value: string) => ({ [ENTERPRISE_USER_SCHEMA]: { manager: { value } } });

describe('bulkId references', () => {
  it('resolve to created resources in data and in paths, in any order of the operations', async () => {
    const [first, second] = [uniqueName(), uniqueName()];
    const responses = await sendBulk(domain, [
      {
        method: 'PATCH',
        path: '/Groups/bulkId:tour',
        data: patchBody({ op: 'add', path: 'members', value: [{ value: 'bulkId:b' }] }),
      },
      createGroupOperation('tour', uniqueName('Tour Guides'), 'bulkId:a'),
      createUserOperation('a', first, reportingTo('bulkId:b')),
      createUserOperation('b', second),
    ]);
    expect(responses.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'PATCH 200',
      'POST 201',
      'POST 201',
      'POST 201',
    ]);
    const [patched, group, a, b] = responses.map(idFromLocation);
    expect(patched).toBe(group);
    expect(responses[0]!.version).toBe('W/"2"');
    const { members = [] } = await read(`/Groups/${group}`);
    expect(members.map(({ value }) => value).sort()).toEqual([a, b].sort());
    expect(await managerOf(a!)).toBe(b);
  });

  it('may be circular between users who report to each other', async () => {
    const responses = await sendBulk(domain, [
      createUserOperation('a', uniqueName(), reportingTo('bulkId:b')),
      createUserOperation('b', uniqueName(), reportingTo('bulkId:a')),
      createUserOperation('self', uniqueName(), reportingTo('bulkId:self')),
    ]);
    expect(responses.map(({ status, version }) => `${status} ${version}`)).toEqual([
      '201 W/"1"',
      '201 W/"2"',
      '201 W/"2"',
    ]);
    const [a, b, self] = responses.map(idFromLocation);
    expect(await managerOf(a!)).toBe(b);
    expect(await managerOf(b!)).toBe(a);
    expect(await managerOf(self!)).toBe(self);
  });

  it('may be circular between a group and its member', async () => {
    const responses = await sendBulk(domain, [
      createGroupOperation('g', uniqueName('Circle'), 'bulkId:u', 'bulkId:v'),
      createUserOperation('u', uniqueName(), { groups: [{ value: 'bulkId:g' }] }),
      createUserOperation('v', uniqueName()),
    ]);
    expect(responses.map(({ status }) => status)).toEqual(['201', '201', '201']);
    const [group, user, other] = responses.map(idFromLocation);
    const { members = [] } = await read(`/Groups/${group}`);
    expect(members.map(({ value }) => value).sort()).toEqual([user, other].sort());
    expect(await read(`/Users/${user}`)).toMatchObject({ groups: [{ value: group }] });
  });

  it('fail the operation and name the bulkId if it is unknown or its resource was not created', async () => {
    const taken = uniqueName();
    await provisionUser(domain, userBody(taken, { active: false }));
    const [lost, failed, needy] = await sendBulk(domain, [
      createGroupOperation('lost', uniqueName('Lost'), 'bulkId:nobody'),
      createUserOperation('taken', taken),
      { method: 'DELETE', path: '/Users/bulkId:taken' },
    ]);
    expect(lost).toMatchObject(failedOperation(400, { scimType: 'invalidValue' }));
    expect(lost!.response!.detail).toContain('"nobody"');
    expect(failed).toMatchObject(failedOperation(409));
    expect(needy).toMatchObject(failedOperation(400, { scimType: 'invalidValue' }));
    expect(needy!.response!.detail).toContain('"taken"');
  });

  it('keep a created resource and report the missing attribute if a circular reference fails', async () => {
    const taken = uniqueName();
    await provisionUser(domain, userBody(taken, { active: false }));
    const [broken, half] = await sendBulk(domain, [
      createUserOperation('broken', taken, reportingTo('bulkId:half')),
      createUserOperation('half', uniqueName(), { title: 'Half', ...reportingTo('bulkId:broken') }),
    ]);
    expect(broken).toMatchObject(failedOperation(409));
    expect(half).toMatchObject({ bulkId: 'half', version: 'W/"1"', ...failedOperation(400) });
    expect(half!.response!.detail).toMatch(/^The resource was created without urn:.*"broken"/);
    expect(await read(`/Users/${idFromLocation(half!)}`)).toMatchObject({ title: 'Half' });
  });
});
