/**
 * A stream function. The key of a record says how it is processed. Each invocation prints its list of keys.
 */
import { setTimeout } from 'node:timers/promises';

const seen = {};

export const handler = async ({ Records }) => {
  const keys = Records.map(({ dynamodb }) => dynamodb.Keys.sk.S);
  console.log(keys.join(' '));
  for (const key of keys) seen[key] = (seen[key] ?? 0) + 1;
  if (keys.some((key) => key.startsWith('slow'))) await setTimeout(5_000);
  if (keys.some((key) => key.startsWith('throw'))) throw new Error('poison');
  if (keys.some((key) => key.startsWith('twice') && seen[key] < 2)) throw new Error('once');
  if (keys.includes('garbage')) return { batchItemFailures: [{ itemIdentifier: '' }] };
  if (keys.includes('stranger')) return { batchItemFailures: [{ itemIdentifier: 'none of these' }] };
  const failed = Records.filter(({ dynamodb }) => dynamodb.Keys.sk.S.startsWith('fail'));
  return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};
