import { exchange } from '../../../local/host/exchange';
import { assertPortIsFree, freePort } from '../../../local/host/free-port';
import { listen, PortUnavailable } from '../../../local/host/http';

/** Returns the status of a request with this `Host`. */
async function statusFor(host: string): Promise<number | undefined> {
  const listening = await listen((_, response) => void response.end('hello'), 0);
  const { status } = await exchange(listening.url, { method: 'GET', headers: { host } });
  await listening.close();
  return status;
}

describe('listen', () => {
  it('listens on a free port of the loopback address', async () => {
    const listening = await listen((_, response) => void response.end('hello'), 0);
    expect(listening.url).toBe(`http://127.0.0.1:${listening.port}`);
    expect(await (await fetch(listening.url)).text()).toBe('hello');
    await listening.close();
    await expect(fetch(listening.url)).rejects.toThrow();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('odd');
      },
    ],
    ['fails later', () => Promise.reject(new Error('odd'))],
  ])('responds with 500 if the listener %s, and continues', async (_, listener) => {
    const listening = await listen(listener, 0);
    for (const _again of [1, 2]) {
      const response = await fetch(listening.url);
      expect([response.status, await response.text()]).toEqual([500, 'Error: odd']);
    }
    await listening.close();
  });

  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.8.9.10:65535', '[::1]:3000'])(
    'answers if the host is %s',
    async (host) => expect(await statusFor(host)).toBe(200),
  );

  it.each([
    ...['evil.example.com', 'localhost.evil.example.com', 'evil.example.com:127', '127.0.0.1.nip.io'],
    ...['192.168.0.1', '0.0.0.0', 'localhost@evil.example.com', 'localhost:', '[::ffff:7f00:1]'],
  ])('refuses the host "%s" (DNS rebinding)', async (host) => expect(await statusFor(host)).toBe(421));

  it('refuses a port that is taken, and names the flag that chooses another one', async () => {
    const listening = await listen(() => {}, 0);
    const again = listen(() => {}, listening.port, '--port');
    await expect(again).rejects.toThrow(PortUnavailable);
    await expect(again).rejects.toMatchObject({ port: listening.port, flag: '--port' });
    await expect(again).rejects.toThrow(`Port ${listening.port} is taken.`);
    await expect(assertPortIsFree(listening.port, '--port')).rejects.toThrow('is taken');
    await listening.close();
  });

  it('accepts a free port', async () => {
    await assertPortIsFree(0, '--port');
    await assertPortIsFree(await freePort(), '--port');
  });
});

it('gives child processes free ports that no connection and no other server gets by chance', async () => {
  for (let times = 0; times < 20; times++) {
    const port = await freePort();
    // Unless it is configured otherwise, Linux gives ports from 32,768 to connections.
    expect(port).toBeLessThan(32_768);
    await assertPortIsFree(port);
  }
});
