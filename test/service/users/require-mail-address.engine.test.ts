import { ScimError } from '../../../shared/scim/error';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { patchBody } from '../../support/requests/bodies';
import { createCaller } from '../../support/requests/caller';
import { createTableLikeSystem } from '../../support/store/create-table';
import { USER_SETTINGS } from '../../support/store/records';

let table: Table;
beforeAll(async () => (table = await createTableLikeSystem()));

const caller = createCaller();
const lenient = () => new Users(table, USER_SETTINGS, caller);
const strict = () => new Users(table, { ...USER_SETTINGS, requireMailAddress: true }, caller);

const EMAILS = [{ value: 'ada@example.com' }];
let number = 0;
const body = (more: object = {}) => ({ userName: `service-${++number}`, ...more }) as never;
const patch = (value: object) => patchBody({ op: 'replace', value }) as never;

async function expectRefused(request: Promise<unknown>): Promise<void> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ScimError);
  expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
  expect((error as ScimError).detail).toContain('emails is required because the user is active');
}

describe('a deployment that requires addresses', () => {
  it.each<[string, object]>([
    ['no emails', {}],
    ['an empty list', { emails: [] }],
    ['emails without a value', { emails: [{ type: 'work' }] }],
    ['an address that is only a word', { emails: [{ value: 'emailName357' }] }],
  ])('refuses an active user with %s, and stores nothing', async (_, more) => {
    const user = body(more) as { userName: string };
    await expectRefused(strict().create(user));
    const created = await lenient().create(user);
    expect(created.userName).toBe(user.userName);
  });

  it('accepts an inactive user without an address, but does not activate the user', async () => {
    const { id } = await strict().create(body({ active: false }));
    await expectRefused(strict().patch(id, patch({ active: true })));
    const active = await strict().patch(id, patch({ active: true, emails: EMAILS }));
    expect(active.active).toBe(true);
  });

  it('keeps the last address of an active user, and lets the user leave without it', async () => {
    const { id, userName } = await strict().create(body({ emails: EMAILS }));
    await expectRefused(strict().patch(id, patch({ emails: [] })));
    await expectRefused(strict().replace(id, { userName, active: true } as never));
    expect((await strict().get(id)).resource.emails).toMatchObject(EMAILS);
    const left = await strict().replace(id, { userName, active: false } as never);
    expect(left.active).toBe(false);
    expect(left).not.toHaveProperty('emails');
  });

  it('still changes a user who was active without an address before', async () => {
    const { id } = await lenient().create(body());
    const changed = await strict().patch(id, patch({ displayName: 'Service' }));
    expect(changed).toMatchObject({ active: true, displayName: 'Service' });
  });
});
