import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { isThisMachine } from '../cli/connection/this-machine';
import { CheckFailed, type Observation, type Target } from './diagnosis';
import { hostOf } from './dns';

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 14;
const RENEW = 'Renew it. ACM renews its certificates itself; its console shows why it cannot.';

export async function checkTls({ baseUrl }: Target): Promise<Observation> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol === 'http:') {
    if (isThisMachine(hostname)) return { found: 'plain HTTP, which is allowed only on this machine' };
    throw new CheckFailed(
      'the URL begins with http, which would expose the key on the network',
      'Use the URL that begins with https.',
    );
  }
  const until = await expiryOf(hostOf(baseUrl), Number(port || 443));
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  const found = `the certificate is valid for ${days} more days, until ${until.toISOString().slice(0, 10)}`;
  if (days >= EXPIRES_SOON_DAYS) return { found };
  return { found, action: RENEW };
}

/** Returns when the certificate expires. Rejects a certificate that clients would reject. */
function expiryOf(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    // RFC 6066 §3: an IP address is not a valid server name.
    const servername = isIP(host) ? '' : host;
    const socket = connect({ host, port, servername, timeout: TIMEOUT_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('timeout', () =>
      socket.destroy(Object.assign(new Error('no response'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', (error: NodeJS.ErrnoException) => reject(tlsFailure(error, `${host}:${port}`)));
  });
}

function tlsFailure({ code = '', message }: NodeJS.ErrnoException, address: string): CheckFailed {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return new CheckFailed('the certificate has expired', RENEW);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new CheckFailed(
        'the certificate is for another name',
        'Use the name in the certificate, or deploy with a certificateArn for this name.',
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return new CheckFailed(
        'this machine does not trust the issuer of the certificate',
        'Identity providers reject it; use a certificate of ACM. If a proxy replaces it, set NODE_EXTRA_CA_CERTS.',
      );
    case 'ECONNREFUSED':
      return new CheckFailed(
        `${address} refused the connection`,
        'Check the host name and the port of the base URL.',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new CheckFailed(`${address} does not respond (${code})`, 'Check the firewalls on the way.');
    default:
      return new CheckFailed(
        `the TLS handshake with ${address} failed (${code || message})`,
        'Check the port of the base URL and the proxies on the way.',
      );
  }
}
