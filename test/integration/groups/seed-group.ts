import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { membershipKey, resourceKey } from '../../../shared/store/table/keys';
import { uniqueName } from '../../support/requests/bodies';
import { systemTable } from '../../support/consistency/domain-data';
import type { DomainClient } from '../../support/system/system';

/** The local engines write one transaction of 100 items several times as fast as 100 items in batches. */
const PUTS_PER_TRANSACTION = 100;

export interface GroupSeed {
  /** Memberships of users that do not exist, which are shown all the same. */
  readonly members: number;
  readonly display?: (at: number) => string;
  /** @default `members` */
  readonly memberCount?: number;
}

/** Creates a group at version 1 and writes its members past the service; returns its id. */
export async function seedGroup(domain: DomainClient, seed: GroupSeed): Promise<string> {
  const { members, display, memberCount = members } = seed;
  const created = await domain.request('POST', '/Groups', { displayName: uniqueName() });
  const { id } = created.body as { id: string };
  const { name: TableName, client } = await systemTable();
  for (let done = 0; done < members; done += PUTS_PER_TRANSACTION) {
    const TransactItems = Array.from({ length: Math.min(PUTS_PER_TRANSACTION, members - done) }, (_, at) => {
      const Item = {
        ...membershipKey(domain.domainId, id, newId()),
        ...(display && { display: display(done + at) }),
      };
      return { Put: { TableName, Item } };
    });
    await client.send(new TransactWriteCommand({ TransactItems }));
  }
  await client.send(
    new UpdateCommand({
      TableName,
      Key: resourceKey(domain.domainId, 'GROUP', id),
      UpdateExpression: 'SET memberCount = :members',
      ExpressionAttributeValues: { ':members': memberCount },
    }),
  );
  return id;
}
