import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageLog } from '../../../../local/services/sqs/message-log';

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'message-log-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const file = () => path.join(directory, 'queues/one.jsonl');
const open = () => new MessageLog(file());
const message = (messageId: string) => ({ messageId, sentAt: '2026-03-01T00:00:00.000Z', body: messageId });
const ids = (log: MessageLog) => log.all().map(({ messageId }) => messageId);
const lines = () => readFileSync(file(), 'utf8').split('\n').length - 1;

it('keeps what was added and not deleted, oldest first', () => {
  const log = open();
  for (const id of ['a', 'b', 'c', 'd']) log.add(message(id));
  log.delete(['a', 'c']);
  expect(ids(log)).toEqual(['b', 'd']);
  expect(open().all()).toEqual([message('b'), message('d')]);
});

it('ignores a line that was not written completely, and goes on after it', () => {
  open().add(message('a'));
  appendFileSync(file(), '{"added":{"messageId":"b"');
  const log = open();
  log.add(message('c'));
  expect(ids(open())).toEqual(['a', 'c']);
});

it('appends a line for each change, and removes lines that no longer matter', () => {
  const log = open();
  log.add(message('old'));
  for (let at = 0; at < 5_000; at++) {
    log.add(message(`m${at}`));
    log.delete([`m${at}`]);
  }
  expect(lines()).toBeLessThan(1_100);
  expect(ids(open())).toEqual(['old']);
  expect(lines()).toBe(1);
});

it('can be read by its owner only', () => {
  open().add(message('a'));
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});
