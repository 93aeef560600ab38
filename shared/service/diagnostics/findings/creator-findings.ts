import { AdministratorStore } from '../../../store/administrators/administrator-store';
import { MappedAdministratorStore } from '../../../store/administrators/mapped-administrator-store';
import type { Creator } from '../../../store/audit/creator';
import { SubscriptionStore } from '../../../store/events/subscription-store';
import { SetupLinkStore } from '../../../store/setup-links/setup-link-store';
import { DEPLOYMENT } from '../../../store/table/keys';
import type { Table } from '../../../store/table/table';
import { isActiveCredential, type StoredConnection } from '../../connections/connection-view';
import { ADMIN_TOKEN_ID, linkIdOfCaller } from '../../credentials/caller-identity';
import { draftFinding, type FindingDetail, type FindingDraft } from '../finding';

/** A credential or a subscription, and the administrator who created it. */
interface Created {
  readonly kind: 'credential' | 'subscription';
  readonly name: string;
  readonly creatorId: string;
  readonly createdBy?: string;
  readonly detail: FindingDetail;
}

/**
 * Reports the credentials and subscriptions of a domain that work, although the administrator who created
 * them may no longer change the domain. The owners of the domain and the operators may. A domain without
 * subscriptions, in which only the admin token created credentials, costs one read.
 */
export async function checkCreators(
  table: Table,
  domainId: string,
  connections: readonly StoredConnection[],
  now: Date,
): Promise<FindingDraft[]> {
  const created = [...credentialsOf(connections, now), ...(await subscriptionsOf(table, domainId))].filter(
    ({ creatorId }) => creatorId !== ADMIN_TOKEN_ID,
  );
  if (created.length === 0) return [];
  const [trusted, creatorOfLink] = await Promise.all([
    readTrusted(table, domainId),
    readLinkCreators(table, domainId, created),
  ]);
  const gone = created.flatMap((each) => {
    const linkId = linkIdOfCaller(each.creatorId);
    const responsible = linkId === undefined ? each : creatorOfLink.get(linkId);
    if (responsible?.creatorId === undefined || trusted.has(responsible.creatorId)) return [];
    return [{ ...each, createdBy: responsible.createdBy ?? responsible.creatorId }];
  });
  return gone.length === 0 ? [] : [creatorGone(gone)];
}

function credentialsOf(connections: readonly StoredConnection[], now: Date): Created[] {
  return connections.flatMap(({ record, credentials }) =>
    credentials.flatMap((credential) => {
      const { keyId, type, name, creatorId, createdBy, createdAt } = credential;
      if (creatorId === undefined || !isActiveCredential(credential, now)) return [];
      const id = { [type === 'scim-key' ? 'keyId' : 'credentialId']: keyId };
      const connection = { connectionId: record.connectionId, connection: record.name };
      const detail = { ...id, type, name, ...connection, createdBy: createdBy ?? null, createdAt };
      return [{ kind: 'credential' as const, name, creatorId, createdBy, detail }];
    }),
  );
}

/** The event bus belongs to the deployment, so nobody has a secret of its subscriptions. */
async function subscriptionsOf(table: Table, domainId: string): Promise<Created[]> {
  const subscriptions = await new SubscriptionStore(table, 0).list(domainId);
  return subscriptions.flatMap(({ subscriptionId, kind, name, creatorId, createdBy, createdAt }) => {
    if (creatorId === undefined || kind === 'eventBridge') return [];
    const detail = { subscriptionId, type: kind, name, createdBy: createdBy ?? null, createdAt };
    return [{ kind: 'subscription' as const, name, creatorId, createdBy, detail }];
  });
}

/** Returns the administrators who may change a domain, and the admin token. */
async function readTrusted(table: Table, domainId: string): Promise<ReadonlySet<string>> {
  const store = new AdministratorStore(table, 0);
  const [ofDomain, mapped, operators] = await Promise.all([
    store.list(domainId),
    new MappedAdministratorStore(table, 0).list(domainId),
    store.list(DEPLOYMENT),
  ]);
  return new Set([
    ADMIN_TOKEN_ID,
    ...ofDomain.administrators.filter(({ role }) => role === 'owner').map((each) => each.administratorId),
    ...mapped.filter(({ role }) => role === 'owner').flatMap((each) => each.administratorId ?? []),
    ...operators.administrators.map((each) => each.administratorId),
  ]);
}

/**
 * Returns the administrators who created setup links, by the id of the link. They answer for the person with
 * the link. A link that ended a month ago is not stored anymore.
 */
async function readLinkCreators(
  table: Table,
  domainId: string,
  created: readonly Created[],
): Promise<ReadonlyMap<string, Creator>> {
  if (created.every(({ creatorId }) => linkIdOfCaller(creatorId) === undefined)) return new Map();
  const links = await new SetupLinkStore(table, 0).list(domainId);
  return new Map(links.map(({ linkId, creatorId, createdBy }) => [linkId, { creatorId, createdBy }]));
}

function creatorGone(gone: readonly (Created & { readonly createdBy: string })[]): FindingDraft {
  const credentials = gone.filter(({ kind }) => kind === 'credential').length;
  return draftFinding(
    'credential-creator-gone',
    'warning',
    {
      credentials,
      subscriptions: gone.length - credentials,
      items: gone.map(({ name, createdBy }) => ({ name, createdBy })),
    },
    gone.map(({ detail }) => detail),
  );
}
