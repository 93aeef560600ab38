import { addSingleKey } from '../../../../shared/service/connections/add-credential';
import { connectionsOf } from '../../../../shared/service/connections/connection-view';
import { setupLinkCallerId } from '../../../../shared/service/credentials/caller-identity';
import { checkCreators } from '../../../../shared/service/diagnostics/findings/creator-findings';
import { SubscriptionAdmin } from '../../../../shared/service/events/subscription-admin';
import { WebhookAdmin } from '../../../../shared/service/webhook-admin/webhook-admin';
import type { WebhookAdminParts } from '../../../../shared/service/webhook-admin/webhook-admin-parts';
import type { Actor } from '../../../../shared/store/audit/audit';
import {
  ConnectionStore,
  readDomainConnections,
} from '../../../../shared/store/credentials/connection-store';
import type { Credential } from '../../../../shared/store/credentials/credential';
import { DomainStore } from '../../../../shared/store/domains/domain-store';
import { EventFeedStore } from '../../../../shared/store/events/event-feed';
import { SubscriptionStore } from '../../../../shared/store/events/subscription-store';
import { administratorKey, mappedAdministratorKey } from '../../../../shared/store/table/administrator-keys';
import { DEPLOYMENT, setupLinkKey } from '../../../../shared/store/table/keys';
import type { Table } from '../../../../shared/store/table/table';
import { WebhookSubscriptions } from '../../../../shared/store/webhooks/webhook-subscriptions';
import { putItems } from '../../../support/seed/seed-items';
import { createTableLikeSystem } from '../../../support/store/create-table';
import { auditEvent, credentialRecord, domainRecord, RETENTION_DAYS } from '../../../support/store/records';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const now = () => NOW;
const ADA: Actor = { kind: 'admin', id: 'ada', name: 'ada@example.com' };
const GRACE: Actor = { kind: 'admin', id: 'grace', name: 'grace@example.com' };
const GRANT = { grantedAt: NOW.toISOString(), source: 'invitation' };

let table: Table;
let domainId: string;
let subscriptions: SubscriptionAdmin;
beforeAll(async () => {
  table = await createTableLikeSystem();
  subscriptions = new SubscriptionAdmin({
    store: new SubscriptionStore(table, RETENTION_DAYS),
    feed: new EventFeedStore(table, now),
    kinds: {
      setPush: {
        validateEndpoint: (text) => Promise.resolve(text),
        create: () => Promise.resolve({ attributes: {} }),
      },
      webhook: {
        validateEndpoint: (text) => Promise.resolve(text),
        create: () => Promise.resolve({ attributes: {} }),
      },
      eventBridge: { create: () => Promise.resolve({ attributes: {} }) },
    },
    deliver: () => Promise.resolve(),
    awaitDispatchers: () => Promise.resolve(),
    now,
  });
});
beforeEach(async () => {
  const domain = domainRecord();
  ({ domainId } = domain);
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
});

const addKey = (keyId: string, actor: Actor, more: Partial<Credential> = {}) =>
  addSingleKey(
    { store: new ConnectionStore(table, RETENTION_DAYS), now },
    domainId,
    credentialRecord(keyId, { name: keyId, ...more }),
    actor,
  );
const addRole = (administratorId: string, role: string, scope = domainId) =>
  putItems(table, [{ ...administratorKey(scope, administratorId), role, ...GRANT }]);
const check = async () =>
  checkCreators(table, domainId, connectionsOf(await readDomainConnections(table, domainId)), NOW);
/** Returns the names of the credentials and subscriptions that are reported. */
const reported = async () => {
  const [finding] = await check();
  return (finding?.details ?? []).map(({ name }) => name);
};

describe('A credential is reported', () => {
  it('if its creator is not an administrator of the domain anymore', async () => {
    await addKey('Okta', ADA);
    await addRole('ada', 'owner');
    expect(await check()).toEqual([]);
    await table.delete(administratorKey(domainId, 'ada'));
    expect(await check()).toMatchObject([
      {
        code: 'credential-creator-gone',
        severity: 'warning',
        found: '1 credential was created by people who are no longer owners: "Okta" (ada@example.com).',
        details: [
          { keyId: 'Okta', type: 'scim-key', name: 'Okta', connection: 'Okta', createdBy: 'ada@example.com' },
        ],
      },
    ]);
  });

  it('if its creator is only a viewer now', async () => {
    await addKey('Okta', ADA);
    await addRole('ada', 'viewer');
    expect(await reported()).toEqual(['Okta']);
  });

  it('if its creator is an owner of another domain only', async () => {
    await addKey('Okta', ADA);
    await addRole('ada', 'owner', domainRecord().domainId);
    expect(await reported()).toEqual(['Okta']);
  });

  it('if it was created with the setup link of such a person', async () => {
    await addKey('Okta', { kind: 'admin', id: setupLinkCallerId('link'), name: 'guest@example.com' });
    const link = { linkId: 'link', email: 'guest@example.com', hash: 'x', createdAt: '', expireTime: '' };
    const creator = { creatorId: 'ada', createdBy: 'ada@example.com' };
    await putItems(table, [{ ...setupLinkKey(domainId, 'link'), ...link, ...creator }]);
    expect(await check()).toMatchObject([
      { found: expect.stringContaining('"Okta" (ada@example.com)') as string },
    ]);
    await addRole('ada', 'owner');
    expect(await reported()).toEqual([]);
  });
});

describe('A credential is not reported', () => {
  it.each<[string, Actor]>([
    ['the admin token', { kind: 'admin', id: 'operator', name: 'Admin token' }],
    ['a part of the service', { kind: 'system', name: 'migration' }],
    ['an unknown setup link', { kind: 'admin', id: setupLinkCallerId('former') }],
  ])('if its creator is %s', async (_, actor) => {
    await addKey('Okta', actor);
    expect(await reported()).toEqual([]);
  });

  it('if its creator is an operator', async () => {
    await addKey('Okta', GRACE);
    expect(await reported()).toEqual(['Okta']);
    await addRole('grace', 'operator', DEPLOYMENT);
    expect(await reported()).toEqual([]);
    await table.delete(administratorKey(DEPLOYMENT, 'grace'));
  });

  it('if a mapping makes its creator an owner', async () => {
    await addKey('Okta', ADA);
    const mapped = {
      email: 'ada@example.com',
      mappingId: 'm',
      since: '',
      revision: 1,
      administratorId: 'ada',
    };
    await putItems(table, [{ ...mappedAdministratorKey(domainId, 'user'), ...mapped, role: 'viewer' }]);
    expect(await reported()).toEqual(['Okta']);
    await putItems(table, [{ ...mappedAdministratorKey(domainId, 'user'), ...mapped, role: 'owner' }]);
    expect(await reported()).toEqual([]);
  });

  it('if it has expired or was revoked', async () => {
    await addKey('Expired', ADA, { expireTime: '2026-02-01T00:00:00.000Z' });
    await addKey('Revoked', ADA, { revokedAt: '2026-02-01T00:00:00.000Z' });
    expect(await reported()).toEqual([]);
  });
});

describe('A subscription is reported', () => {
  const create = async (kind: 'feed' | 'setPush' | 'webhook' | 'eventBridge', endpoint?: string) => {
    const { subscription } = await subscriptions.create(domainId, { name: kind, kind, endpoint }, ADA);
    return subscription.subscriptionId;
  };

  it('until another owner replaces its token', async () => {
    await addRole('grace', 'owner');
    const id = await create('feed');
    expect(await check()).toMatchObject([
      {
        found: '1 subscription was created by people who are no longer owners: "feed" (ada@example.com).',
        details: [{ subscriptionId: id, type: 'feed', name: 'feed' }],
      },
    ]);
    await subscriptions.change(domainId, id, { name: 'renamed' }, GRACE);
    expect(await reported()).toEqual(['renamed']);
    await subscriptions.replaceToken(domainId, id, GRACE);
    expect(await reported()).toEqual([]);
  });

  it('until another owner changes the endpoint, if it has no secret', async () => {
    await addRole('grace', 'owner');
    const id = await create('setPush', 'https://one.example.com/');
    expect(await reported()).toEqual(['setPush']);
    await subscriptions.change(domainId, id, { endpoint: 'https://other.example.com/' }, GRACE);
    expect(await reported()).toEqual([]);
  });

  it('until another owner ends the oldest secret of its webhook, which the creator knows', async () => {
    await addRole('grace', 'owner');
    const ref = { scope: domainId, subscriptionId: await create('webhook', 'https://one.example.com/') };
    const webhooks = new WebhookAdmin({
      ...({} as WebhookAdminParts),
      subscriptions: new WebhookSubscriptions(table, RETENTION_DAYS),
      secretOf: ({ secretId }) => Promise.resolve(secretId),
      now,
    });
    const { secretId: second } = await webhooks.createSecret(ref, GRACE);
    expect(await reported()).toEqual(['webhook']);
    await webhooks.revokeSecret(ref, second, GRACE);
    expect(await reported()).toEqual(['webhook']);
    await webhooks.createSecret(ref, GRACE);
    await webhooks.revokeSecret(ref, ref.subscriptionId, GRACE);
    expect(await reported()).toEqual([]);
  });

  it('unless it delivers to the event bus of the deployment', async () => {
    await create('eventBridge');
    expect(await reported()).toEqual([]);
  });
});
