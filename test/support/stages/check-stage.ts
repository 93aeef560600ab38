import type { Session } from '../../../local/product/session';
import type { Use } from '../../../local/cloud/iam/usage';
import { eventually } from '../jest/timeouts';
import { uniqueName, userBody } from '../requests/bodies';

/** Everything that a caller notices of a stage that works. */
export interface StageReport {
  /** Statuses of the requests. */
  readonly created: number;
  readonly admin: number;
  /** The status of a product's check of the license key in the email. */
  readonly check: string;
  /** The addresses of the domain that bounced. */
  readonly suppressed: readonly string[];
  /** The status of the page of the portal, and of its settings; undefined if the stage has no portal. */
  readonly portal?: readonly number[];
  /** The permissions that a function lacked. */
  readonly refused: readonly Use[];
}

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string };
}

const BOUNCING = 'bounce@simulator.amazonses.com';

/**
 * Uses a running stage as its first customers do: a user is provisioned, the email with the key arrives, a product
 * checks the key, an email bounces, and administrators use the admin API and the portal.
 */
export async function checkStage(session: Session): Promise<StageReport> {
  const { adminUrl, baseUrl, domainId, portalUrl } = session;
  const call = (url: string, token: string, body?: object) =>
    fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  const create = (userName: string) => call(`${baseUrl}/Users`, session.scimKey, userBody(userName));
  const admin = (target: string) => call(adminUrl + target, session.adminToken);
  const userName = uniqueName();
  const created = (await create(userName)).status;
  await create(BOUNCING);
  const key = await keyInMailTo(session, userName);
  const checked = await fetch(session.licenseCheckUrl, { headers: { 'license-key': key } });
  const suppressed = async () =>
    ((await (await admin(`/domains/${domainId}/suppressed-addresses`)).json()) as AddressList).items.map(
      ({ address }) => address,
    );
  await eventually('the bounce', async () => (await suppressed()).length > 0);
  return {
    created,
    admin: (await admin('/domains')).status,
    check: ((await checked.json()) as { status: string }).status,
    suppressed: await suppressed(),
    ...(portalUrl !== '' && {
      portal: [(await fetch(portalUrl)).status, (await fetch(`${portalUrl}/config.json`)).status],
    }),
    refused: (await usesOf(session)).filter(({ refused }) => refused !== undefined),
  };
}

interface AddressList {
  readonly items: readonly { readonly address: string }[];
}

async function keyInMailTo({ mailUrl }: Session, address: string): Promise<string> {
  let key = '';
  await eventually('the email', async () => {
    const { emails } = (await (await fetch(`${mailUrl}/store`)).json()) as { emails: Mail[] };
    const mail = emails.find(({ destination }) => destination.to.includes(address));
    [key = ''] = /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(mail?.body.text ?? '') ?? [];
    return key !== '';
  });
  return key;
}

const usesOf = async ({ controlUrl }: Session): Promise<Use[]> =>
  (await (await fetch(`${controlUrl}/iam-usage`)).json()) as Use[];
