import { GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { sendWith, SesFrontRig } from './front-rig';

let rig: SesFrontRig;
beforeEach(async () => (rig = await SesFrontRig.start()));
afterEach(() => rig.close());

const send = (to: string, configurationSet?: string, from?: string) =>
  sendWith(rig.client(), to, configurationSet, from);

describe('identities', () => {
  const rejected = (...addresses: string[]) => ({
    name: 'MessageRejected',
    message:
      'Email address is not verified. The following identities failed the check in region US-EAST-1: ' +
      addresses.join(', '),
  });

  it.each([
    ['licenses@example.com', 'the domain'],
    ['Licenses <licenses@mail.example.com>', 'a subdomain'],
    ['licenses@EXAMPLE.com', 'the domain in any case'],
    ['licenses@example.net', 'an address of its own'],
  ])('%s may send because of %s', async (from) => {
    rig.account.verify('licenses@example.net');
    expect((await send('jane@example.org', undefined, from)).MessageId).toBe('ses-1');
  });

  it.each(['licenses@example.org', 'other@example.net', 'a@notexample.com'])(
    '%s may not send',
    async (from) => {
      rig.account.verify('licenses@example.net');
      await expect(send('jane@example.com', undefined, from)).rejects.toMatchObject(rejected(from));
      expect(rig.forwarded).toEqual([]);
    },
  );

  it('may not send while they are not verified', async () => {
    rig.account.set({ verified: false });
    await expect(send('jane@example.com')).rejects.toMatchObject(rejected('licenses@example.com'));
  });

  it('are checked for recipients too in the sandbox, except for the mailbox simulator', async () => {
    await rig.close();
    rig = await SesFrontRig.start({ rate: 10 });
    rig.account.set({ sandbox: true });
    await expect(send('jane@example.org')).rejects.toMatchObject(rejected('jane@example.org'));
    rig.account.verify('jane@example.org');
    await send('jane@example.org');
    await send('bounce@simulator.amazonses.com');
    expect(rig.forwarded).toHaveLength(2);
  });

  it('are not found if nothing has created them', async () => {
    const asked = rig.v2().send(new GetEmailIdentityCommand({ EmailIdentity: 'example.org' }));
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
