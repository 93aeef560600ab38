import * as z from 'zod/mini';
import { newId } from '../../../id';
import type { MailRedrive } from '../../../service/mail/mail-redrive';
import type { SuppressionAdmin } from '../../../service/mail/suppression-admin';
import { isKeyText } from '../../../store/table/keys';
import type { AuditEvent } from '../../../store/audit/audit';
import type { SuppressedAddress } from '../../../store/mail/suppression-store';
import { fields } from '../fields';
import { limitOf, pageBody, PAGING, positionIn } from '../paging';
import { ok, route, type AdminRoute } from '../route';

/** An address in lower case, as it lies in the table; what could be no key would be an error of the database. */
const ADDRESS_POSITION = z.string().check(z.refine(isKeyText));

export interface MailRoutesOptions {
  readonly addresses: SuppressionAdmin;
  /** Puts back what was given up. */
  readonly redrive: MailRedrive;
  /** Writes an audit event of the deployment. */
  readonly writeAudit: (event: AuditEvent) => Promise<void>;
}

/** API Gateway waits 29 s; nothing more is begun after this. */
const REDRIVE_TIME_LIMIT_MS = 20_000;

/** The addresses of a domain to which no mail goes, and the mails of all domains that were given up. */
export function mailRoutes({ addresses, redrive, writeAudit }: MailRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'POST',
      path: '/mail/redrive',
      access: 'operator',
      handle: async ({ receivedAt, actor, requestId }) => {
        const result = await redrive.run(receivedAt + REDRIVE_TIME_LIMIT_MS);
        await writeAudit({
          id: newId(),
          at: new Date().toISOString(),
          action: 'mail.redriven',
          resourceId: '',
          requestId,
          actor,
          changes: (['mails', 'messages'] as const).map((attribute) => ({
            attribute,
            after: result[attribute],
          })),
        });
        return ok(result);
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/suppressed-addresses',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, query }) => {
        const after = positionIn(ADDRESS_POSITION, query.cursor);
        const { addresses: found, next } = await addresses.list(domainId, limitOf(query), after);
        return ok(pageBody({ items: found.map(addressView), next }));
      },
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/suppressed-addresses/{address}',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { address = '' }, actor }) => {
        await addresses.clearAddress(domainId, address, actor);
        return { status: 204 };
      },
    }),
  ];
}

const addressView = ({ address, reason, at, detail, userId }: SuppressedAddress): object => ({
  address,
  reason,
  at,
  detail,
  userId,
});
