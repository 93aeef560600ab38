import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from '../../../../local/host/processes/children';
import { exchange } from '../../../../local/host/exchange';
import { startMailServer } from '../../../../local/services/ses/mail-server';

it('the mailbox answers only if the host is this machine', async () => {
  const children = new Children(mkdtempSync(join(tmpdir(), 'mail-server-')));
  const { url, stop } = await startMailServer(children);
  const statusFor = async (host: string) =>
    (await exchange(`${url}/store`, { method: 'GET', headers: { host } })).status;
  try {
    expect(await statusFor('localhost')).toBe(200);
    expect(await statusFor('evil.example.com')).toBe(421);
  } finally {
    await stop();
    children.close();
  }
});
