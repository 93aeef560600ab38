import { request } from 'node:http';
import { type AdminBody, type AdminClient, adminClient } from './admin-client';
import { waitForMail } from './mails';
import { session } from './system';

/** The parts of a setup link after the `#`. */
export interface LinkParts {
  readonly domainId: string;
  readonly linkId: string;
  readonly secret: string;
}

export function linkPartsOf(url: string): LinkParts {
  const [domainId = '', linkId = '', secret = ''] = url.split('#')[1]?.split('.') ?? [];
  return { domainId, linkId, secret };
}

let addresses = 0;
/**
 * Returns a client without a credential that has a loopback address of its own, because the attempts of one
 * address to open links are limited.
 */
export function strangerClient(): AdminClient {
  addresses += 1;
  const localAddress = `127.${(process.pid % 200) + 20}.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
  const { hostname, port, pathname } = new URL(session().adminUrl);
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const sent = request({
        ...{ hostname, port, method, path: pathname + path, localAddress },
        headers: { 'content-type': 'application/json' },
      });
      sent.once('error', reject).once('response', (message) => {
        let text = '';
        message.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        message.once('error', reject).once('end', () =>
          resolve({
            status: message.statusCode ?? 0,
            headers: new Headers(message.headers as Record<string, string>),
            body: (text === '' ? undefined : JSON.parse(text)) as AdminBody,
          }),
        );
      });
      sent.end(JSON.stringify(body));
    });
}

/** Creates a setup link, by default with the admin token. */
export async function createSetupLink(
  domainId: string,
  email: string,
  more: object = {},
  call: AdminClient = adminClient(),
): Promise<LinkParts & { url: string }> {
  const { body } = await call('POST', `/domains/${domainId}/setup-links`, { email, ...more });
  const url = String(body.url);
  return { ...linkPartsOf(url), url };
}

/** Returns the code in the newest email to an address, of which there must be `count`. */
export async function mailedCode(email: string, count = 1): Promise<string> {
  const mails = await waitForMail(email, count);
  return /^ {4}(\d{6})$/m.exec(mails.at(-1)?.body.text ?? '')?.[1] ?? '';
}

/** Opens a setup link with the code from the email. Returns the token of the browser. */
export async function openSetupLink(
  link: LinkParts,
  email: string,
  call = strangerClient(),
): Promise<string> {
  const { domainId, linkId, secret } = link;
  await call('POST', `/setup-links/${linkId}/codes`, { domainId, secret });
  const code = await mailedCode(email);
  const opened = await call('POST', `/setup-links/${linkId}/sessions`, { domainId, secret, code });
  return opened.body.token;
}
