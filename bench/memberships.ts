import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../shared/id';
import { membershipKey } from '../shared/store/keys';
import type { Table } from '../shared/store/table';

const BATCH = 25;
const AT_ONCE = 4;

/** Writes `size` memberships of users that do not exist, which no change of another member looks at. */
export async function writeMemberships(
  { client, name }: Table,
  domainId: string,
  groupId: string,
  size: number,
) {
  for (let done = 0; done < size; done += BATCH * AT_ONCE) {
    const batches = Array.from({ length: AT_ONCE }, (_, at) =>
      Math.max(0, Math.min(BATCH, size - done - at * BATCH)),
    ).filter((length) => length > 0);
    await Promise.all(
      batches.map((length) => {
        const puts = Array.from({ length }, () => ({
          PutRequest: { Item: { ...membershipKey(domainId, groupId, newId()) } },
        }));
        return client.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
      }),
    );
  }
}
