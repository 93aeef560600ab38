import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../local/product/session';
import { readFeed } from '../../sdk/src/feed.ts';
import { LeaseKeeper } from '../../sdk/src/lease-keeper.ts';
import { MemoryStore } from '../../sdk/src/store.ts';

const WAIT_MS = 50;

/** Returns the milliseconds from each deactivation of a user until the product of the user stops. */
export async function measureEndOfLeases(
  session: Session,
  { users, pollSeconds }: { readonly users: number; readonly pollSeconds: number },
): Promise<number[]> {
  const product = await Product.start(session, pollSeconds);
  const times: number[] = [];
  try {
    for (let user = 0; user < users; user++) {
      const { path, userName } = await provision(session);
      const key = await keyInMailTo(session, userName);
      if (!(await product.isUsable(key))) throw new Error('The product has no lease.');
      const startedAt = performance.now();
      await scim(session, 'PATCH', path, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      });
      while (await product.isUsable(key)) await sleep(WAIT_MS);
      times.push(performance.now() - startedAt);
    }
  } finally {
    await product.stop();
  }
  return times;
}

/** A stand-in for the product: it works on leases, and reads the events of its domain. */
class Product {
  private readonly stopping = new AbortController();
  private readonly reading: Promise<void>;

  private constructor(
    private readonly leases: LeaseKeeper,
    feed: (signal: AbortSignal) => ReturnType<typeof readFeed>,
  ) {
    this.reading = this.read(feed(this.stopping.signal));
  }

  static async start(session: Session, pollSeconds: number): Promise<Product> {
    const { adminUrl, adminToken, domainId, licenseCheckUrl } = session;
    const response = await fetch(`${adminUrl}/domains/${domainId}/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Product', kind: 'feed', types: ['license.ended'] }),
    });
    if (response.status !== 201) throw new Error(await response.text());
    const { token } = (await response.json()) as { token: string };
    const url = licenseCheckUrl.replace(/\/check$/, '');
    const leases = new LeaseKeeper({ url, store: new MemoryStore() });
    return new Product(leases, (signal) => readFeed({ url: adminUrl, token, domainId, pollSeconds, signal }));
  }

  async isUsable(key: string): Promise<boolean> {
    return (await this.leases.current(key)).status === 'active';
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.reading;
  }

  private async read(feed: ReturnType<typeof readFeed>): Promise<void> {
    for await (const { events } of feed) for (const event of events) await this.leases.apply(event);
  }
}

async function provision(session: Session): Promise<{ path: string; userName: string }> {
  const userName = `leaver-${randomUUID()}@example.com`;
  const { id } = await scim(session, 'POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    emails: [{ value: userName, primary: true }],
  });
  return { path: `/Users/${String(id)}`, userName };
}

async function scim(
  { baseUrl, scimKey }: Session,
  method: string,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${scimKey}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Record<string, unknown>;
}

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string };
}

async function keyInMailTo({ mailUrl }: Session, address: string): Promise<string> {
  for (;;) {
    const { emails } = (await (await fetch(`${mailUrl}/store`)).json()) as { emails: Mail[] };
    const mail = emails.find(({ destination }) => destination.to.includes(address));
    const [key] = /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(mail?.body.text ?? '') ?? [];
    if (key !== undefined) return key;
    await sleep(WAIT_MS);
  }
}
