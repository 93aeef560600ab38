import { LeaseKeeper } from '../../../sdk/src/lease-keeper.ts';
import { MemoryStore } from '../../../sdk/src/store.ts';
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
  /** The days of the lease for this key, and the number of published keys. */
  readonly lease: { readonly days: number; readonly keys: number };
  /** The addresses of the domain that bounced. */
  readonly suppressed: readonly string[];
  /** The status of the page of the portal, and of its settings; undefined if the stage has no portal. */
  readonly portal?: readonly number[];
  /**
   * The statements of the first steps about the recipients of alarms: before the link of SNS's email is
   * opened, and after it.
   */
  readonly alarms: readonly (string | undefined)[];
  /** The permissions that a function lacked. */
  readonly refused: readonly Use[];
}

interface Mail {
  readonly subject: string;
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string };
}

const BOUNCING = 'bounce@simulator.amazonses.com';

/**
 * Uses a running stage as its first customers do: a user is provisioned, the email with the key arrives, a
 * product checks the key and gets a lease, an email bounces, and administrators use the admin API and the
 * portal.
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
    lease: await leaseOf(session, key),
    suppressed: await suppressed(),
    ...(portalUrl !== '' && {
      portal: [(await fetch(portalUrl)).status, (await fetch(`${portalUrl}/config.json`)).status],
    }),
    alarms: await confirmAlarms(session, admin),
    refused: (await usesOf(session)).filter(({ refused }) => refused !== undefined),
  };
}

/** Opens the link by which the recipient of alarms confirms the subscription, as in the mailbox. */
async function confirmAlarms(
  { mailUrl }: Session,
  admin: (target: string) => Promise<Response>,
): Promise<(string | undefined)[]> {
  const state = async () => {
    const { items } = (await (await admin('/deployment-checks')).json()) as DeploymentChecks;
    return items.find(({ check }) => check === 'alarms')?.status;
  };
  const before = await state();
  const { emails } = (await (await fetch(`${mailUrl}/store`)).json()) as { emails: Mail[] };
  const email = emails.find(({ subject }) => subject === 'AWS Notification - Subscription Confirmation');
  const [link] = /http:\S+/.exec(email?.body.text ?? '') ?? [];
  if (link === undefined) throw new Error('SNS has sent no email with a link.');
  await fetch(link);
  return [before, await state()];
}

interface DeploymentChecks {
  readonly items: readonly { readonly check: string; readonly status: string }[];
}

async function leaseOf({ licenseCheckUrl }: Session, key: string): Promise<StageReport['lease']> {
  const url = licenseCheckUrl.replace(/\/check$/, '');
  const state = await new LeaseKeeper({ url, store: new MemoryStore() }).current(key);
  if (state.status !== 'active') throw new Error(`There is no lease: ${state.status}.`);
  const { issuedAt, expiresAt } = state.lease;
  const { keys } = (await (await fetch(`${url}/jwks`)).json()) as { keys: readonly unknown[] };
  return { days: (Number(expiresAt) - Number(issuedAt)) / 86_400_000, keys: keys.length };
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
