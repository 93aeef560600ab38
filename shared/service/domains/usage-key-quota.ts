import { ApiKeyQuotaError } from '../../gateway/api-key-quota';
import { AdminError } from '../admin/admin-error';

/**
 * Creates a usage key with `create`. If the AWS account has no API key left, calls `undo` and throws an
 * `AdminError` that says what to do.
 */
export async function withinApiKeyQuota<T>(create: () => Promise<T>, undo: () => Promise<void>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof ApiKeyQuotaError)) throw error;
    await undo();
    throw new AdminError(
      'All API keys that the AWS account can have in this region are in use, and a domain needs one. Nothing was ' +
        'changed. Delete domains that are no longer used, or use a stage in another region or account.',
      'conflict',
    );
  }
}
