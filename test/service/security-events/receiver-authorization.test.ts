import {
  openAuthorization,
  sealAuthorization,
} from '../../../shared/service/security-events/receiver-authorization';

const REF = { scope: 'd', subscriptionId: 's' };
const VALUE = 'Bearer 0123456789';
const SECRET = 'the secret of the deployment';

it('opens what it has sealed, and seals a value differently each time', () => {
  const sealed = sealAuthorization(REF, VALUE, SECRET);
  expect(openAuthorization(REF, sealed, SECRET)).toBe(VALUE);
  expect(sealed).not.toContain('Bearer');
  expect(sealAuthorization(REF, VALUE, SECRET)).not.toBe(sealed);
});

it.each<[string, Parameters<typeof openAuthorization>]>([
  ['another subscription', [{ ...REF, subscriptionId: 't' }, sealAuthorization(REF, VALUE, SECRET), SECRET]],
  ['another domain', [{ ...REF, scope: 'e' }, sealAuthorization(REF, VALUE, SECRET), SECRET]],
  ['another secret', [REF, sealAuthorization(REF, VALUE, SECRET), 'x']],
  ['a changed value', [REF, `A${sealAuthorization(REF, VALUE, SECRET).slice(1)}B`, SECRET]],
  ['nothing', [REF, '', SECRET]],
])('does not open the value of %s', (_, parts) => {
  expect(() => openAuthorization(...parts)).toThrow();
});
