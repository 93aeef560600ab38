import type { Administrator } from '../../store/administrators/administrator';
import type { Actor } from '../../store/audit/audit';
import { addressKeyOf } from '../../store/mail/address-key';
import { isUsable } from '../../store/setup-links/setup-link';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import type { Write } from '../../store/table/write';
import { revocationEvent } from './setup-link-admin';

/**
 * Returns the writes that revoke the setup links of a domain that an administrator could still use: those to
 * the address of the administrator, and those that the administrator created, whose addresses may be known to
 * nobody else.
 */
export async function linkRevocations(
  links: SetupLinkStore,
  domainId: string,
  { administratorId, email }: Administrator,
  actor: Actor,
  at: Date,
): Promise<Write[]> {
  const key = email === undefined ? undefined : addressKeyOf(email);
  const all = await links.list(domainId);
  return all
    .filter((link) => isUsable(link, at))
    .filter((link) => addressKeyOf(link.email) === key || link.creatorId === administratorId)
    .flatMap((link) => links.revocationWrites(domainId, link.linkId, revocationEvent(link, actor, at)));
}
