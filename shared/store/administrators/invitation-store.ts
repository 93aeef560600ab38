import { auditWrite, type AuditEvent } from '../audit/audit';
import { DEPLOYMENT, domainKey } from '../table/keys';
import {
  accountCheckKey,
  domainSendsKey,
  invitationKey,
  invitationSendsKey,
  invitedKey,
  invitedPartition,
  mappedInvitedAt,
  profileKey,
} from '../table/administrator-keys';
import { addressKeyOf } from '../mail/address-key';
import { keyOf, optionalNumber, optionalText, text } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, type Write } from '../table/write';
import { readInvitation, type Administrator, type AdministratorRole, type Invitation } from './administrator';
import { accountCheckWrite, grantWrites } from './administrator-writes';

/** Administrators see an invitation this long after it has expired. */
const KEPT_SECONDS = 30 * 86_400;
const DAY_SECONDS = 86_400;

/** The limits of the invitations to one address. */
export interface SendLimits {
  readonly secondsBetween: number;
  readonly perDay: number;
}

/** The roles that an address may accept by signing in. */
export interface InvitedAddress {
  readonly invitations: readonly Invitation[];
  readonly mapped: readonly { readonly domainId: string; readonly userId: string }[];
}

/** The writes that join the transaction of a new invitation. */
export interface NewInvitationWrites {
  readonly audit: AuditEvent;
  /** The invitation that the new one replaces. */
  readonly replaced?: Invitation;
  /**
   * True if the account of the invitation is new, so that it has to be checked when the invitation expires.
   */
  readonly hasNewAccount: boolean;
  readonly domainNotFound: () => Error;
}

/** The writes that join the transaction by which an invitation is accepted. */
export interface AcceptanceWrites {
  readonly audit: AuditEvent;
  /** The role that the portal user has in the scope. */
  readonly former?: AdministratorRole;
  /** True if the service has created the account of the portal user, and nobody has used it yet. */
  readonly isNewAccount: boolean;
  /** Checks that the domain exists, and may change it. */
  readonly extraWrites: readonly Write[];
}

const conditionError = (): Error => new VersionConflict();

/**
 * The invitations of all domains and of the deployment. Each change is one transaction with its audit event.
 */
export class InvitationStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async get(scope: string, invitationId: string): Promise<Invitation | undefined> {
    const item = await this.table.get(invitationKey(scope, invitationId));
    return item && readInvitation(item);
  }

  /**
   * Returns the invitations to an address, also those that have expired, and the users with this address whom
   * mappings make administrators.
   */
  async ofAddress(email: string): Promise<InvitedAddress> {
    const { items } = await this.table.query({ pk: invitedPartition(addressKeyOf(email)) });
    const mapped = items.flatMap((item) => mappedInvitedAt(keyOf(item)) ?? []);
    const keys = items
      .filter((item) => !mappedInvitedAt(keyOf(item)))
      .map((item) => invitationKey(text(item, 'sk'), text(item, 'invitationId')));
    const invitations = keys.length === 0 ? [] : (await this.table.getAll(keys)).map(readInvitation);
    return { invitations, mapped };
  }

  /**
   * Counts an invitation that is about to be sent to an address. The count stays when the invitation is
   * withdrawn. Returns undefined, or the seconds until the next one may be sent.
   */
  async claimSend(scope: string, email: string, limits: SendLimits, now: Date): Promise<number | undefined> {
    const { secondsBetween, perDay } = limits;
    const at = now.toISOString();
    const { day, endOfDay } = dayOf(now);
    const { written, item } = await this.table.update(
      invitationSendsKey(addressKeyOf(email), scope, day),
      { set: { sentAt: at, ttl: Math.floor(endOfDay / 1000) + DAY_SECONDS }, add: { sends: 1 } },
      {
        condition: {
          expression: 'attribute_not_exists(sentAt) OR (sentAt <= :earlier AND sends < :perDay)',
          values: { earlier: new Date(now.getTime() - secondsBetween * 1000).toISOString(), perDay },
        },
        returnItem: 'whenRefused',
      },
    );
    if (written) return undefined;
    const isLast = item !== undefined && (optionalNumber(item, 'sends') ?? 0) >= perDay;
    const sentAt = Date.parse((item && optionalText(item, 'sentAt')) ?? at);
    const nextAt = isLast ? endOfDay : sentAt + secondsBetween * 1000;
    return Math.max(1, Math.ceil((nextAt - now.getTime()) / 1000));
  }

  /**
   * Counts an invitation for which Cognito sends an email. Returns undefined, or the seconds until the domain
   * may invite again, because it has `perDay` of them today.
   */
  async claimDomainSend(domainId: string, perDay: number, now: Date): Promise<number | undefined> {
    const { day, endOfDay } = dayOf(now);
    const { written } = await this.table.update(
      domainSendsKey(domainId, day),
      { set: { ttl: Math.floor(endOfDay / 1000) + DAY_SECONDS }, add: { sends: 1 } },
      { condition: { expression: 'attribute_not_exists(sends) OR sends < :perDay', values: { perDay } } },
    );
    return written ? undefined : Math.max(1, Math.ceil((endOfDay - now.getTime()) / 1000));
  }

  /** Throws `VersionConflict` if the address has another invitation than the replaced one. */
  async create(
    invitation: Invitation,
    { audit, replaced, hasNewAccount, domainNotFound }: NewInvitationWrites,
  ): Promise<void> {
    const { invitationId, scope, email, expireTime, ...rest } = invitation;
    const { accountId } = invitation;
    const ttl = Math.floor(Date.parse(expireTime) / 1000) + KEPT_SECONDS;
    await this.table.transact([
      ...(scope === DEPLOYMENT
        ? []
        : [{ check: domainKey(scope), condition: ITEM_EXISTS, conditionError: domainNotFound }]),
      { put: { ...invitationKey(scope, invitationId), scope, email, expireTime, ...rest, ttl } },
      {
        put: { ...invitedKey(addressKeyOf(email), scope), invitationId, expireTime, ttl },
        condition: {
          expression: `attribute_not_exists(pk) OR expireTime <= :now${replaced ? ' OR invitationId = :replaced' : ''}`,
          values: { now: audit.at, ...(replaced && { replaced: replaced.invitationId }) },
        },
        conditionError,
      },
      ...(replaced
        ? [{ delete: invitationKey(scope, replaced.invitationId), condition: ITEM_EXISTS, conditionError }]
        : []),
      ...(hasNewAccount && accountId !== undefined
        ? [accountCheckWrite(accountId, email, Date.parse(expireTime))]
        : []),
      auditWrite(scope, audit, this.auditRetentionDays),
    ]);
  }

  /**
   * Withdraws an invitation. With `isAccountDue`, its account is checked now. Throws `VersionConflict` if it
   * was accepted or withdrawn.
   */
  async withdraw(invitation: Invitation, audit: AuditEvent, isAccountDue: boolean): Promise<void> {
    const { accountId, email } = invitation;
    await this.table.transact([
      ...deletionOf(invitation),
      ...(isAccountDue && accountId !== undefined
        ? [accountCheckWrite(accountId, email, Date.parse(audit.at))]
        : []),
      auditWrite(invitation.scope, audit, this.auditRetentionDays),
    ]);
  }

  /** Ends an invitation that gives nothing to its recipient, who has a higher role. */
  async discard(invitation: Invitation): Promise<void> {
    await this.table.tryTransact(deletionOf(invitation));
  }

  /**
   * Gives the role of an invitation to a portal user. Throws `VersionConflict` if the invitation has expired
   * or is gone, or if the roles of the user have changed.
   */
  async accept(
    invitation: Invitation,
    administrator: Administrator,
    { audit, former, isNewAccount, extraWrites }: AcceptanceWrites,
  ): Promise<void> {
    const { administratorId } = administrator;
    const { scope } = invitation;
    await this.table.transact([
      ...deletionOf(invitation, audit.at),
      ...grantWrites(scope, administrator, former),
      {
        update: profileKey(administratorId),
        set: { ...(isNewAccount && { hasOwnAccount: true }) },
        setIfAbsent: { createdAt: audit.at },
        add: { changes: 1 },
        condition: { expression: 'attribute_not_exists(isClosed)' },
        conditionError,
      },
      ...(isNewAccount ? [{ delete: accountCheckKey(administratorId) }] : []),
      ...extraWrites,
      auditWrite(scope, audit, this.auditRetentionDays),
    ]);
  }
}

/** Returns the day of a time, in UTC, and its end in milliseconds since the epoch. */
function dayOf(now: Date): { day: string; endOfDay: number } {
  const day = now.toISOString().slice(0, '2026-03-01'.length);
  return { day, endOfDay: Date.parse(`${day}T00:00:00Z`) + DAY_SECONDS * 1000 };
}

/** Deletes an invitation with its lookup item, on condition that it exists, and that it is valid at `at`. */
const deletionOf = ({ invitationId, scope, email }: Invitation, at?: string): Write[] => [
  {
    delete: invitationKey(scope, invitationId),
    condition:
      at === undefined
        ? ITEM_EXISTS
        : { expression: 'attribute_exists(pk) AND expireTime > :now', values: { now: at } },
    conditionError,
  },
  {
    delete: invitedKey(addressKeyOf(email), scope),
    condition: {
      expression: 'attribute_not_exists(pk) OR invitationId = :own',
      values: { own: invitationId },
    },
    conditionError,
  },
];
