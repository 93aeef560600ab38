import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { isThisMachine } from '../cli/connection/this-machine';
import { type Finding, Ill, type Patient } from './diagnosis';
import { hostOf } from './dns';

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 14;

export async function checkTls({ baseUrl }: Patient): Promise<Finding> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol === 'http:') {
    if (isThisMachine(hostname)) return { found: 'none, which is good for this machine alone' };
    throw new Ill(
      'the address begins with http: all would see the key',
      'Use the address that begins with https.',
    );
  }
  const until = await expiryOf(hostOf(baseUrl), Number(port || 443));
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  const found = `the certificate is good for ${days} more days, until ${until.toISOString().slice(0, 10)}`;
  if (days >= EXPIRES_SOON_DAYS) return { found };
  return { found, action: 'Renew it. ACM does so by itself: its console says why it cannot.' };
}

/** Until when the certificate is good; it is checked as every client checks it. */
function expiryOf(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    // RFC 6066 §3: no address is a server's name.
    const servername = isIP(host) ? '' : host;
    const socket = connect({ host, port, servername, timeout: TIMEOUT_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('timeout', () =>
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', (error: NodeJS.ErrnoException) => reject(ill(error, `${host}:${port}`)));
  });
}

function ill({ code = '', message }: NodeJS.ErrnoException, address: string): Ill {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return new Ill(
        'the certificate has expired',
        'Renew it. ACM does so by itself: its console says why it cannot.',
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new Ill(
        'the certificate is for another name',
        'Use the name that it is for, or deploy with a certificateArn for this one.',
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return new Ill(
        'nobody vouches for the certificate whom this machine knows',
        'Identity providers refuse it: use one of ACM. If a proxy here puts in its own, set NODE_EXTRA_CA_CERTS.',
      );
    case 'ECONNREFUSED':
      return new Ill(`nothing listens at ${address}`, 'Look at the host name and the port of the base URL.');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new Ill(`${address} does not answer (${code})`, 'Look at the firewalls in between.');
    default:
      return new Ill(
        `the connection to ${address} is no TLS, or was broken off (${code || message})`,
        'Look at the port of the base URL, and at proxies in between.',
      );
  }
}
