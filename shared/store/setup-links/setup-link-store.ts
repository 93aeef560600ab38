import { auditWrite, type AuditEvent } from '../audit/audit';
import { type Additions, additionWrite, readAdditions } from '../credentials/additions';
import { additionsKey, domainKey, domainPartition, SETUP_LINK_PREFIX, setupLinkKey } from '../table/keys';
import type { Condition } from '../table/expressions';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import { readSetupLink, type SetupCode, type SetupLink } from './setup-link';

/** A link that has ended stays in the list of links for this time. */
const KEPT_SECONDS = 30 * 86_400;

/** The limits of the codes of a link. */
export interface CodeLimits {
  /** The number of guesses of one code. */
  readonly attempts: number;
  /** The number of codes of one link. */
  readonly codes: number;
  /** The seconds between two codes. */
  readonly secondsBetween: number;
}

/** The link is neither revoked, nor expired, nor bound to a browser. */
const CAN_BE_OPENED =
  'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND attribute_not_exists(sessionHash) AND ' +
  'expireTime > :now';

const NOT_REQUESTED = 'attribute_not_exists(accountInvitedAt)';

/**
 * The setup links of all domains. The limits are conditions of the writes, so that requests at the same time
 * cannot exceed them.
 */
export class SetupLinkStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  /** `full`: more links than `room` were added since `additions` were read. */
  async create(
    domainId: string,
    link: SetupLink,
    audit: AuditEvent,
    { additions, room }: { readonly additions: Additions; readonly room: number },
  ): Promise<'created' | 'noDomain' | 'full'> {
    const ttl = Math.floor(Date.parse(link.expireTime) / 1000) + KEPT_SECONDS;
    const failed = await this.table.tryTransact([
      { check: domainKey(domainId), condition: ITEM_EXISTS },
      additionWrite(domainId, 'setupLinks', additions, room),
      { put: { ...setupLinkKey(domainId, link.linkId), ...link, ttl }, condition: ITEM_IS_ABSENT },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
    if (failed.length === 0) return 'created';
    return failed.includes(0) ? 'noDomain' : 'full';
  }

  /** Returns what was added to a domain. Read it before the links. */
  async additions(domainId: string): Promise<Additions> {
    return readAdditions(await this.table.get(additionsKey(domainId)));
  }

  async get(domainId: string, linkId: string): Promise<SetupLink | undefined> {
    const item = await this.table.get(setupLinkKey(domainId, linkId));
    return item && readSetupLink(item);
  }

  /** Returns all links of a domain, oldest first. */
  async list(domainId: string): Promise<SetupLink[]> {
    const links: SetupLink[] = [];
    const query = { pk: domainPartition(domainId), sortKey: { beginsWith: SETUP_LINK_PREFIX } };
    for await (const items of this.table.pages(query)) links.push(...items.map(readSetupLink));
    return links;
  }

  /** Ends a link and the session of its browser. Returns false if it does not exist or was revoked before. */
  async revoke(domainId: string, linkId: string, audit: AuditEvent): Promise<boolean> {
    const failed = await this.table.tryTransact(this.revocationWrites(domainId, linkId, audit));
    return failed.length === 0;
  }

  /** Returns the writes that revoke a link. They fail with `VersionConflict` if it was revoked before. */
  revocationWrites(domainId: string, linkId: string, audit: AuditEvent): Write[] {
    return [
      {
        update: setupLinkKey(domainId, linkId),
        set: { revokedAt: audit.at },
        remove: ['sessionHash', 'codeHash'],
        condition: { expression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)' },
        conditionError: () => new VersionConflict(),
      },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ];
  }

  /**
   * Replaces the code of a link. Returns false if the link cannot be opened, or a limit forbids another code.
   */
  async replaceCode(
    domainId: string,
    linkId: string,
    code: SetupCode,
    { codes, secondsBetween }: CodeLimits,
    audit: AuditEvent,
  ): Promise<boolean> {
    const earlier = new Date(Date.parse(code.codeSentAt) - secondsBetween * 1000).toISOString();
    const failed = await this.table.tryTransact([
      {
        update: setupLinkKey(domainId, linkId),
        set: { ...code, codeAttempts: 0 },
        add: { codesSent: 1 },
        condition: {
          expression:
            `${CAN_BE_OPENED} AND (attribute_not_exists(codesSent) OR codesSent < :maxCodes) AND ` +
            '(attribute_not_exists(codeSentAt) OR codeSentAt <= :earlier)',
          values: { now: code.codeSentAt, maxCodes: codes, earlier },
        },
      },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
    return failed.length === 0;
  }

  /**
   * Counts a guess of the code before it is compared, so that guesses at the same time cannot exceed the
   * limit. Returns the link with its code, or undefined if no guess is left, the code has expired, or the
   * link cannot be opened.
   */
  async countGuess(
    domainId: string,
    linkId: string,
    now: Date,
    { attempts }: CodeLimits,
  ): Promise<SetupLink | undefined> {
    const condition: Condition = {
      expression:
        `${CAN_BE_OPENED} AND attribute_exists(codeHash) AND codeAttempts < :maxAttempts AND ` +
        'codeExpireTime > :now',
      values: { now: now.toISOString(), maxAttempts: attempts },
    };
    const { written, item } = await this.table.update(
      setupLinkKey(domainId, linkId),
      { add: { codeAttempts: 1 } },
      { condition, returnItem: 'always' },
    );
    return written && item ? readSetupLink(item) : undefined;
  }

  /**
   * Binds a link to a browser. Returns false if another request was first, or the link cannot be opened
   * anymore.
   */
  async open(
    domainId: string,
    { linkId, codeHash }: SetupLink,
    sessionHash: string,
    audit: AuditEvent,
  ): Promise<boolean> {
    const failed = await this.table.tryTransact([
      {
        update: setupLinkKey(domainId, linkId),
        set: { sessionHash, openedAt: audit.at },
        remove: ['codeHash', 'codeExpireTime', 'codeAttempts'],
        condition: {
          expression: `${CAN_BE_OPENED} AND codeHash = :codeHash`,
          values: { now: audit.at, codeHash },
        },
      },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
    return failed.length === 0;
  }

  /**
   * Records that the account of a link is requested, before the invitation is sent. Returns false if the link
   * has ended, another request came first, or `maxSends` requests were made.
   */
  async claimAccount(domainId: string, link: SetupLink, at: Date, maxSends: number): Promise<boolean> {
    const { linkId, accountInvitedAt } = link;
    const isUnchanged = accountInvitedAt === undefined ? NOT_REQUESTED : 'accountInvitedAt = :seen';
    const { written } = await this.table.update(
      setupLinkKey(domainId, linkId),
      { set: { accountInvitedAt: at.toISOString() }, add: { accountSends: 1 } },
      {
        condition: {
          expression:
            'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND expireTime > :now AND ' +
            `(attribute_not_exists(accountSends) OR accountSends < :max) AND ${isUnchanged}`,
          values: {
            now: at.toISOString(),
            max: maxSends,
            ...(accountInvitedAt !== undefined && { seen: accountInvitedAt }),
          },
        },
      },
    );
    return written;
  }

  /** Records the invitation of a request for the account. */
  async recordInvitation(domainId: string, linkId: string, at: Date, invitationId: string): Promise<void> {
    await this.table.update(
      setupLinkKey(domainId, linkId),
      { set: { accountInvitationId: invitationId } },
      { condition: { expression: 'accountInvitedAt = :at', values: { at: at.toISOString() } } },
    );
  }

  /** Takes back a request for the account that has sent nothing. `before` is the link before the request. */
  async releaseAccount(domainId: string, before: SetupLink, at: Date): Promise<void> {
    const { linkId, accountInvitedAt } = before;
    await this.table.update(
      setupLinkKey(domainId, linkId),
      {
        ...(accountInvitedAt === undefined
          ? { remove: ['accountInvitedAt'] }
          : { set: { accountInvitedAt } }),
        add: { accountSends: -1 },
      },
      { condition: { expression: 'accountInvitedAt = :at', values: { at: at.toISOString() } } },
    );
  }
}
