import { createHmac } from 'node:crypto';
import { MemoryStore } from '../../sdk/src/store.ts';
import { WebhookReceiver } from '../../sdk/src/webhook-receiver.ts';
import { verifyWebhook, type WebhookRequest } from '../../sdk/src/webhook.ts';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const NOW = new Date('2026-12-01T12:00:00Z');
const EVENT = {
  id: '0190a1b2-0000-7000-8000-000000000004',
  type: 'license.ended',
  schemaVersion: 1,
  time: '2026-12-01T11:59:58.000Z',
  domainId: 'd-1',
  subject: { type: 'license', id: 'u-1' },
  sequence: 7,
  actor: { kind: 'unknown' },
  data: { userId: 'u-1', status: 'inactive', userType: 'Full User', organizations: [] },
};

function signed(event: object = EVENT, id = EVENT.id): WebhookRequest & { headers: Record<string, string> } {
  const [body, timestamp] = [JSON.stringify(event), String(NOW.getTime() / 1000)];
  const digest = createHmac('sha256', Buffer.alloc(24, 1))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    body,
    headers: { 'Webhook-Id': id, 'Webhook-Timestamp': timestamp, 'Webhook-Signature': `v1,${digest}` },
  };
}
const verify = (request: WebhookRequest) => verifyWebhook(request, { secrets: [SECRET], now: NOW });

describe('verifyWebhook', () => {
  it.each([
    ['in any case', signed()],
    [
      'as a list of values',
      {
        ...signed(),
        headers: Object.fromEntries(Object.entries(signed().headers).map(([name, value]) => [name, [value]])),
      },
    ],
    ['of fetch', { ...signed(), headers: new Headers(signed().headers) }],
  ])('reads headers %s', (_, request) => {
    expect(verify(request)).toEqual({ id: EVENT.id, event: EVENT });
  });

  it('reads a body of bytes', () => {
    const { body, headers } = signed({ ...EVENT, actor: { kind: 'admin', name: 'Zoë' } });
    expect(verify({ body: Buffer.from(body), headers }).event.actor.name).toBe('Zoë');
  });

  it('returns an event whose type decides on its data', () => {
    const { event } = verify(signed());
    const userId = event.type === 'license.ended' ? event.data.userId : undefined;
    expect(userId).toBe('u-1');
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses a webhook without %s',
    (name) => {
      const { body, headers } = signed();
      const others = Object.fromEntries(
        Object.entries(headers).filter(([each]) => each.toLowerCase() !== name),
      );
      expect(() => verify({ body, headers: others })).toThrow(`no header ${name}`);
    },
  );

  it.each(['', 'now', '-5', '1e9', '1764590400.5'])('refuses the time %j', (time) => {
    const { body, headers } = signed();
    expect(() => verify({ body, headers: { ...headers, 'Webhook-Timestamp': time } })).toThrow(
      /webhook-timestamp/,
    );
  });

  it.each(['secret', 'whsec_', 'whsec_c2hvcnQ='])('refuses %j as a secret', (secret) => {
    expect(() => verifyWebhook(signed(), { secrets: [secret], now: NOW })).toThrow(TypeError);
  });

  it('refuses everything without secrets', () => {
    expect(() => verifyWebhook(signed(), { secrets: [], now: NOW })).toThrow('None of the secrets');
  });
});

describe('a receiver', () => {
  function receiver(handle: (id: string) => Promise<void> | void = () => {}, store = new MemoryStore()) {
    const handled: string[] = [];
    const instance = new WebhookReceiver({
      secrets: [SECRET],
      store,
      now: () => NOW,
      handle: async ({ id }) => {
        await handle(id);
        handled.push(id);
      },
    });
    return { handled, receive: (request: WebhookRequest) => instance.receive(request) };
  }

  it.each([[[]], [['']], [[SECRET, 'secret']]])('does not begin with the secrets %j', (secrets) => {
    const options = { secrets, store: new MemoryStore(), handle: () => {} };
    expect(() => new WebhookReceiver(options)).toThrow(TypeError);
  });

  it('handles a message once, and accepts it each time', async () => {
    const store = new MemoryStore();
    const [first, second] = [receiver(undefined, store), receiver(undefined, store)];
    expect(await first.receive(signed())).toEqual({ status: 204 });
    expect(await first.receive(signed())).toEqual({ status: 204 });
    expect(await second.receive(signed())).toEqual({ status: 204 });
    expect([...first.handled, ...second.handled]).toEqual([EVENT.id]);
  });

  it('lets the service deliver a message again that it could not handle', async () => {
    let isBroken = true;
    const { handled, receive } = receiver(() => {
      if (isBroken) throw new Error('The database is down.');
    });
    expect(await receive(signed())).toMatchObject({ status: 500 });
    isBroken = false;
    expect(await receive(signed())).toEqual({ status: 204 });
    expect(handled).toEqual([EVENT.id]);
  });

  it('does not handle a message twice at the same time', async () => {
    let finish = () => {};
    const { handled, receive } = receiver(() => new Promise((resolve) => (finish = resolve)));
    const running = receive(signed());
    expect(await receive(signed())).toMatchObject({ status: 409 });
    while (handled.length === 0) {
      finish();
      await new Promise(setImmediate);
    }
    expect(await running).toEqual({ status: 204 });
    expect(await receive(signed())).toEqual({ status: 204 });
    expect(handled).toHaveLength(1);
  });

  it('refuses a webhook with a wrong signature, and handles nothing', async () => {
    const { handled, receive } = receiver();
    const request = signed();
    expect(await receive({ ...request, body: `${request.body as string} ` })).toMatchObject({
      status: 401,
      error: { code: 'signature' },
    });
    const stale = new WebhookReceiver({
      secrets: [SECRET],
      store: new MemoryStore(),
      now: () => new Date(NOW.getTime() + 301_000),
      handle: () => void handled.push('stale'),
    });
    expect(await stale.receive(request)).toMatchObject({ status: 400, error: { code: 'stale' } });
    expect(handled).toEqual([]);
  });
});
