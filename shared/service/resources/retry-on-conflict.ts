import { ScimError } from '../../scim/error';
import { matchesVersion, type VersionList } from '../../scim/input/version-list';
import { backoff } from '../../store/table/backoff';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { VersionConflict } from '../../store/table/transaction';

/**
 * Reads a resource and runs `write`, whose write holds only if the resource is still what was read. Where it is not, a client
 * without `If-Match` has its change made to the fresh resource, until `isLate`; one with it has named a version that is gone: 412.
 */
export async function retryOnConflict<T>(
  read: () => Promise<ResourceRecord>,
  expected: VersionList | undefined,
  isLate: () => boolean,
  write: (before: ResourceRecord) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const before = await read();
    if (expected && !matchesVersion(expected, before.version)) {
      throw ScimError.preconditionFailed(
        `The resource is at version W/"${before.version}". Read it again and repeat the change with that If-Match.`,
      );
    }
    try {
      return await write(before);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
    if (isLate()) {
      throw ScimError.unavailable(
        'The resource is being changed by many requests at once. Send the request again.',
        1,
      );
    }
    await backoff(attempt);
  }
}
