import { ScimError } from '../../scim/error';
import { matchesVersion, type VersionList } from '../../scim/input/version-list';
import { backoff } from '../../retry/backoff';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { VersionConflict } from '../../store/table/operations/transaction';

/**
 * Reads a resource and runs `write`, which throws `VersionConflict` if the resource has changed since.
 * Without `If-Match`, the change is then repeated on the fresh resource until `isLate`. With `If-Match`, the
 * named version no longer exists: 412. `If-None-Match` is the reverse.
 */
export async function retryOnConflict<T>(
  read: () => Promise<ResourceRecord>,
  expected: VersionList | undefined,
  isLate: () => boolean,
  write: (before: ResourceRecord) => Promise<T>,
  versionOf: (record: ResourceRecord) => number = ({ version }) => version,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const before = await read();
    if (expected && !matchesVersion(expected, versionOf(before))) {
      throw ScimError.preconditionFailed(
        `The resource is at version W/"${versionOf(before)}". Read it again, and send the change with that ` +
          'version in If-Match.',
      );
    }
    try {
      return await write(before);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
    if (isLate()) {
      throw ScimError.unavailable(
        'Many requests are changing the resource at the same time. Send the request again.',
        1,
      );
    }
    await backoff(attempt);
  }
}
