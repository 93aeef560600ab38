import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonFile } from '../../../../local/host/json-file';
import { EmailSubscriptions, tokenOf } from '../../../../local/services/sns/email-subscriptions';
import { recipientOperations } from '../../../../local/services/sns/operations';
import { HOST } from '../../../../local/cloud/callers';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';
const [OPS, OTHER] = ['ops@example.com', 'other@example.com'].map((endpoint) => ({
  ...{ arn: `${TOPIC}:${endpoint}`, topicArn: TOPIC, endpoint },
  token: tokenOf(TOPIC, endpoint),
})) as [EmailSubscriptions['all'][number], EmailSubscriptions['all'][number]];

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'sns-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const open = () =>
  new EmailSubscriptions([OPS, OTHER], new JsonFile(path.join(directory, 'subscriptions.json')));

it('is pending until the link of its email is opened, and stays confirmed after a restart', () => {
  const emails = open();
  const confirm = recipientOperations(() => emails)['GET sns-confirmation'];
  const call = (token: string) =>
    confirm?.({ caller: HOST, input: {}, parameters: [], query: new URLSearchParams({ token }) });
  expect(emails.pending).toEqual([OPS, OTHER]);
  expect(() => call('wrong')).toThrow('No subscription has this token.');
  expect(call(OPS.token)).toEqual({ confirmed: OPS.endpoint, topicArn: TOPIC });
  for (const each of [emails, open()]) {
    expect(each.isConfirmed(OPS)).toBe(true);
    expect(each.pending).toEqual([OTHER]);
  }
});
