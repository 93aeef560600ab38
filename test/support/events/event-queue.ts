import { loadAssembly } from '../../../local/cloud/template/assembly';
import { ofType } from '../../../local/cloud/template/resources';
import { resolveResources } from '../../../local/services/services';
import { newId } from '../../../shared/id';
import { MessageQueue } from '../../../shared/queue/message-queue';
import { systemAssembly } from '../jest/start-system';
import { useSdkEnvironment } from '../system/system';

/** Sends a message to the function that writes the feed of a domain. */
export async function sendEventWork(domainId: string, body: object): Promise<void> {
  useSdkEnvironment();
  const queues = ofType(resolveResources(loadAssembly(systemAssembly())), 'AWS::SQS::Queue');
  const queue = queues.find(({ logicalId }) => logicalId.startsWith('EventFeedWorkQueue'));
  const ids = { groupId: domainId, deduplicationId: newId() };
  expect(await new MessageQueue(queue?.ref ?? '').sendAll([{ ...ids, body }])).toEqual([]);
}
