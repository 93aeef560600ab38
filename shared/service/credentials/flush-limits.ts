import { FLUSH_BURST, FLUSH_INTERVAL_MS, type FlushLimit } from '../../store/limits/flush-limit';
import { AdminError } from '../admin/admin-error';
import { pluralize } from '../../pluralize';

/**
 * Returns a function that counts a flush of the authorizer's cache by an owner of a domain, or by somebody
 * with one of its setup links. It throws if the domain has caused too many, before anything is changed: a
 * change whose flush is refused would not be effective immediately.
 */
export const flushLimits =
  (limit: Pick<FlushLimit, 'take'>, now: () => number) =>
  async (domainId: string, bySetupLink: boolean): Promise<void> => {
    const seconds = await limit.take(domainId, bySetupLink, now());
    if (seconds === 0) return;
    throw new AdminError(
      `Nothing was changed. The owners of a domain can revoke credentials, and enable or disable SCIM, ${FLUSH_BURST} times ` +
        `in a row, and then once in ${FLUSH_INTERVAL_MS / 1_000} seconds. Try again in ${pluralize(seconds, 'second')}.`,
      'tooSoon',
      seconds,
    );
  };
