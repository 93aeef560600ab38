import { hashSetupSecret, isSameHash, parseSetupSession } from '../../credentials/setup-link';
import { readSetupLink, statusOf } from '../../store/setup-links/setup-link';
import { setupLinkKey } from '../../store/table/keys';
import type { Table } from '../../store/table/table';
import type { CreatorRights } from './creator-rights';

/** The browser that opened a setup link. */
export interface SetupSession {
  readonly domainId: string;
  readonly linkId: string;
  /** The address that was invited. */
  readonly email: string;
}

/**
 * Verifies the token of the browser that opened a setup link, with strongly consistent reads of the link and
 * its creator.
 */
export class SetupSessionVerifier {
  constructor(
    private readonly table: Pick<Table, 'get'>,
    private readonly creators: Pick<CreatorRights, 'isValidLink'>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Returns undefined for a token that is not one, or whose link has expired, was revoked, has another token,
   * or was created by somebody who may no longer create it.
   */
  async verify(token: string): Promise<SetupSession | undefined> {
    const session = parseSetupSession(token);
    if (!session) return undefined;
    const { domainId, linkId } = session;
    const item = await this.table.get(setupLinkKey(domainId, linkId));
    const link = item && readSetupLink(item);
    if (!link || statusOf(link, this.now()) !== 'open') return undefined;
    if (!isSameHash(hashSetupSecret('session', session), link.sessionHash ?? '')) return undefined;
    if (!(await this.creators.isValidLink(domainId, link))) return undefined;
    return { domainId, linkId, email: link.email };
  }
}
