import { signatureHeaders } from '../../../shared/service/webhooks/signature';
import { webhookSecret } from '../../../shared/service/webhooks/webhook-secret';
import { isSignedWith } from '../../support/webhooks/receiver';

const BODY = '{"test": 2432232314}';
const MESSAGE = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_500),
  body: Buffer.from(BODY),
};

describe('A message is signed', () => {
  it('as in the example of Standard Webhooks', () => {
    expect(signatureHeaders(MESSAGE, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('with both secrets during a rotation', () => {
    const secrets = ['a', 'b'].map((secretId) =>
      webhookSecret({ scope: 'DEPLOYMENT', subscriptionId: 's', secretId }, 'secret'),
    );
    const headers = signatureHeaders(MESSAGE, secrets);
    for (const secret of secrets) expect(isSignedWith(secret, { headers, body: BODY, at: 0 })).toBe(true);
    const other = webhookSecret({ scope: 'DEPLOYMENT', subscriptionId: 's', secretId: 'c' }, 'secret');
    expect(isSignedWith(other, { headers, body: BODY, at: 0 })).toBe(false);
  });
});

describe('A signing secret', () => {
  const REF = { scope: 'd', subscriptionId: 's', secretId: 'k' };

  it('has 256 bits and the prefix of Standard Webhooks', () => {
    const secret = webhookSecret(REF, 'secret');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    expect(webhookSecret(REF, 'secret')).toBe(secret);
  });

  it.each([
    ['domain', { scope: 'd2' }],
    ['webhook', { subscriptionId: 's2' }],
    ['secret of the webhook', { secretId: 'k2' }],
  ])('is another one for each %s', (_, change) => {
    expect(webhookSecret({ ...REF, ...change }, 'secret')).not.toBe(webhookSecret(REF, 'secret'));
  });

  it('is another one in each deployment', () => {
    expect(webhookSecret(REF, 'other')).not.toBe(webhookSecret(REF, 'secret'));
  });
});
