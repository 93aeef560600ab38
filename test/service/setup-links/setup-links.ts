import { newId } from '../../../shared/id';
import type { SetupSecret } from '../../../shared/credentials/setup-link';
import { openCreatorRights } from '../../../shared/service/setup-links/creator-rights';
import { SetupLinkAdmin } from '../../../shared/service/setup-links/setup-link-admin';
import {
  type CodeMailOutcome,
  type RequestSource,
  SetupLinkOpening,
} from '../../../shared/service/setup-links/setup-link-opening';
import { SetupSessionVerifier } from '../../../shared/service/setup-links/setup-session-verifier';
import { type Actor, putAudit } from '../../../shared/store/audit/audit';
import { readAuditEvent } from '../../../shared/store/audit/read-audit-event';
import { InvitationStore } from '../../../shared/store/administrators/invitation-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { SetupAttempts } from '../../../shared/store/setup-links/setup-attempts';
import { SetupLinkStore } from '../../../shared/store/setup-links/setup-link-store';
import { roleKey } from '../../../shared/store/table/administrator-keys';
import { auditPartition, domainKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { queryItems } from '../../support/store/records';

const RETENTION_DAYS = 30;
export const ADMIN = { kind: 'admin', id: 'o1', name: 'Olga Owner' } as const;
export const EMAIL = 'it@example.com';

/** The services of setup links on a table of their own, with a clock that a test moves. */
export class SetupLinksRig {
  /** The clock. */
  now = new Date('2026-06-15T12:00:00Z');
  /** The outcome of the next emails. */
  mailOutcome: CodeMailOutcome = 'sent';
  readonly sent: { readonly domainId: string; readonly email: string; readonly code: string }[] = [];
  readonly admin: SetupLinkAdmin;
  readonly opening: SetupLinkOpening;
  readonly sessions: SetupSessionVerifier;

  private constructor(readonly table: Table) {
    const now = () => this.now;
    const domains = new DomainStore(table, RETENTION_DAYS);
    const links = new SetupLinkStore(table, RETENTION_DAYS);
    const creators = openCreatorRights(table);
    this.admin = new SetupLinkAdmin({
      links,
      creators,
      portalUrl: 'https://portal.example.com',
      days: 7,
      now,
    });
    this.opening = new SetupLinkOpening({
      domains,
      links,
      creators,
      attempts: new SetupAttempts(table),
      sends: new InvitationStore(table, RETENTION_DAYS),
      sendCode: ({ domainId }, email, code) => {
        if (this.mailOutcome === 'sent') this.sent.push({ domainId, email, code });
        return Promise.resolve(this.mailOutcome);
      },
      writeAudit: (domainId, event) => putAudit(table, domainId, event, RETENTION_DAYS),
      now,
    });
    this.sessions = new SetupSessionVerifier(table, creators, now);
  }

  static async create(): Promise<SetupLinksRig> {
    return new SetupLinksRig(await createTableLikeSystem());
  }

  /** Creates a domain that `ADMIN` owns, without the parts that setup links do not need. */
  async newDomain(): Promise<string> {
    const domainId = newId();
    await this.table.put({
      ...domainKey(domainId),
      ...{ domainId, name: 'Example Inc', scimEnabled: true, ratePlan: 'standard', version: 1 },
      ...{ createdAt: this.now.toISOString(), usageKeyId: 'u', usageIdentifierKey: 'u' },
    });
    await this.table.put({ ...roleKey(ADMIN.id, domainId), role: 'owner' });
    return domainId;
  }

  async newLink(domainId?: string, actor: Actor = ADMIN): Promise<SetupSecret> {
    const { url } = await this.admin.create(domainId ?? (await this.newDomain()), { email: EMAIL }, actor);
    return partsOf(url);
  }

  /** Requests a code, and returns it. */
  async codeFor(link: SetupSecret, source = newSource()): Promise<string> {
    await this.opening.sendCode(link, source);
    return this.sent.at(-1)?.code ?? '';
  }

  /** Opens a link. Returns the token of the browser. */
  async open(link: SetupSecret): Promise<string> {
    return (await this.opening.open(link, await this.codeFor(link), newSource())).token;
  }

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  async actions(domainId: string): Promise<string[]> {
    return (await queryItems(this.table, auditPartition(domainId))).map(
      (item) => readAuditEvent(item).action,
    );
  }
}

let sources = 0;
/** Returns another source address, so that no test uses up the attempts of another. */
export const newSource = (): RequestSource => {
  sources += 1;
  return { sourceAddress: `192.0.${Math.floor(sources / 250)}.${sources % 250}`, userAgent: 'Browser' };
};

function partsOf(url: string): SetupSecret {
  const [domainId = '', linkId = '', secret = ''] = url.split('#')[1]?.split('.') ?? [];
  return { domainId, linkId, secret };
}

/** Returns a code that is not `code`. */
export const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');

/** Returns the same token with a secret of another browser. */
export const tokenOfAnother = (token: string): string => token.slice(0, -43) + 'x'.repeat(43);
