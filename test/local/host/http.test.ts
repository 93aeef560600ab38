import { assertPortIsFree, freePort } from '../../../local/host/free-port';
import { listen } from '../../../local/host/http';
import { UserError } from '../../../local/host/user-error';

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

  it('explains how to choose another port if one is taken', async () => {
    const listening = await listen(() => {}, 0);
    const again = listen(() => {}, listening.port, '--port');
    await expect(again).rejects.toThrow(UserError);
    await expect(again).rejects.toThrow(
      `Port ${listening.port} is taken. Choose another with --port, or 0 for a free one.`,
    );
    await expect(assertPortIsFree(listening.port, '--port')).rejects.toThrow('is taken');
    await listening.close();
  });

  it('accepts a free port', async () => {
    await assertPortIsFree(0, '--port');
    await assertPortIsFree(await freePort(), '--port');
  });
});
