import { jwksSource, jwksUrlProblem } from '../../../shared/service/assertions/jwks-url';

const TENANT = '6babcaad-604b-40ac-a9d7-9fd97c0b779f';
const ORIGINS = ['https://id.example.com', 'http://127.0.0.1:3002', 'http://localhost:3002'];

describe('A JWKS URL is accepted', () => {
  it.each([
    ['Microsoft', `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`],
    ['Microsoft, without a tenant', 'https://login.microsoftonline.com/common/discovery/keys'],
    ['Microsoft, with the app', `https://login.microsoftonline.com/${TENANT}/discovery/keys?appid=${TENANT}`],
    ['Microsoft, former name', `https://login.windows.net/${TENANT}/discovery/v2.0/keys`],
    ['Microsoft, US government', `https://login.microsoftonline.us/${TENANT}/discovery/v2.0/keys`],
    ['Microsoft, China', `https://login.partner.microsoftonline.cn/${TENANT}/discovery/v2.0/keys`],
    ['Okta', 'https://acme.okta.com/oauth2/v1/keys'],
    ['Okta, own authorization server', 'https://acme.okta.com/oauth2/default/v1/keys'],
    ['Okta preview', 'https://acme.oktapreview.com/oauth2/v1/keys'],
    ['Okta EMEA', 'https://acme.okta-emea.com/oauth2/v1/keys'],
    ['the default port', 'https://acme.okta.com:443/oauth2/v1/keys'],
    ['an origin of the setting', 'https://id.example.com/keys'],
    ['an origin of the setting with http', 'http://127.0.0.1:3002/tenant/keys'],
  ])('of %s', (_, url) => {
    expect(jwksUrlProblem(url, ORIGINS)).toBeUndefined();
  });
});

describe('A JWKS URL is refused', () => {
  it.each([
    ['of another host', 'https://keys.example.com/keys'],
    ['of a host that ends like Microsoft', 'https://evil-login.microsoftonline.com/keys'],
    ['of a host that begins like Microsoft', 'https://login.microsoftonline.com.example.com/keys'],
    ['of a subdomain of Microsoft', 'https://a.login.microsoftonline.com/keys'],
    ['of a host with a dot at its end', 'https://login.microsoftonline.com./keys'],
    ['of Okta itself', 'https://okta.com/keys'],
    ['of a host that ends like Okta', 'https://evilokta.com/keys'],
    ['of Okta with http', 'http://acme.okta.com/oauth2/v1/keys'],
    ['of Okta at another port', 'https://acme.okta.com:8443/oauth2/v1/keys'],
    ['of Microsoft with http', 'http://login.microsoftonline.com/common/discovery/keys'],
    ['with a user name', 'https://login.microsoftonline.com@keys.example.com/keys'],
    ['with a user name before an accepted host', 'https://user@acme.okta.com/keys'],
    ['with a fragment', 'https://acme.okta.com/keys#x'],
    ['with a backslash', 'https://keys.example.com\\@acme.okta.com/keys'],
    ['with a line break', 'https://acme.okta.com/ke\nys'],
    ['with white space at its end', 'https://acme.okta.com/keys '],
    ['with a name in other letters', 'https://acmé.okta.com/keys'],
    ['with another scheme', 'file:///etc/passwd'],
    ['with another scheme and an accepted host', 'ftp://acme.okta.com/keys'],
    ['without a scheme', 'acme.okta.com/keys'],
    ['of a private address', 'https://10.0.0.1/keys'],
    ['of instance metadata', 'http://169.254.169.254/latest/meta-data'],
    ['of a loopback address in decimal', 'https://2130706433/keys'],
    ['of a loopback address in hexadecimal', 'https://0x7f.1/keys'],
    ['of a loopback address in octal', 'https://0177.0.0.1/keys'],
    ['of IPv6 loopback', 'https://[::1]/keys'],
    ['of a mapped address', 'https://[::ffff:127.0.0.1]/keys'],
    ['of a NAT64 address', 'https://[64:ff9b::7f00:1]/keys'],
    ['of an origin of the setting with another scheme', 'http://id.example.com/keys'],
    ['of an origin of the setting with another port', 'http://127.0.0.1:3003/keys'],
    ['of an origin of the setting with another host', 'https://id.example.com.evil.example/keys'],
    ['that is empty', ''],
    ['that is too long', `https://acme.okta.com/${'x'.repeat(2_000)}`],
  ])('%s', (_, url) => {
    expect(jwksUrlProblem(url, ORIGINS)).toMatch(/\. |\.$/);
  });

  it('with the setting that would permit it', () => {
    expect(jwksUrlProblem('https://keys.example.com/keys', [])).toContain(
      'add https://keys.example.com to the setting jwksOrigins',
    );
  });
});

describe('A private address is allowed', () => {
  const allowed = (url: string) => jwksSource(url, ORIGINS).allowedAddresses;

  it('only if an origin of the setting is an address or localhost', () => {
    expect(allowed('http://127.0.0.1:3002/keys')).toBe('any');
    expect(allowed('http://localhost:3002/keys')).toBe('loopback');
    expect(allowed('https://id.example.com/keys')).toBe('public');
    expect(allowed('https://acme.okta.com/keys')).toBe('public');
  });

  it('in every form of an address that the setting names', () => {
    expect(allowed('http://2130706433:3002/keys')).toBe('any');
    expect(jwksSource('http://2130706433:3002/keys', ORIGINS).url.hostname).toBe('127.0.0.1');
  });
});

it('knows the issuer whose assertions have no jti', () => {
  const isMicrosoft = (url: string) => jwksSource(url, ORIGINS).isMicrosoft;
  expect(isMicrosoft('https://login.microsoftonline.com/common/discovery/keys')).toBe(true);
  expect(isMicrosoft('https://acme.okta.com/oauth2/v1/keys')).toBe(false);
  expect(isMicrosoft('https://id.example.com/keys')).toBe(false);
});
