import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { Command } from 'commander';
import { addAddressCommands } from '../../bin/address-commands';
import { Cli } from '../../bin/cli';
import { suppressedKey } from '../../shared/store/keys';
import { openTable } from '../../shared/store/table';
import { deployment, newDomain, useSdkEnvironment } from '../integration/system';

let domainId: string;
let printed: string[];

beforeAll(async () => {
  useSdkEnvironment();
  ({ domainId } = await newDomain());
});

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});

afterEach(() => jest.restoreAllMocks());

/** Runs a command in this process; gives what it prints. */
async function mail(...args: string[]): Promise<string[]> {
  const program = new Command('scim').option('--local').option('--session <file>').option('--json');
  addAddressCommands(program.command('mail'), new Cli(program));
  await program.parseAsync(['mail', ...args], { from: 'user' });
  return printed;
}

async function suppress(address: string): Promise<void> {
  const { client, name } = openTable((await deployment()).tableName);
  const at = '2026-01-01T00:00:00.000Z';
  const details = { address, reason: 'bounced', at, detail: 'General', userId: 'u', mailId: 'm' };
  await client.send(
    new PutCommand({ TableName: name, Item: { ...suppressedKey(domainId, address), ...details } }),
  );
}

it('lists the addresses to which no mail goes, and clears one', async () => {
  const address = `jane-${randomUUID()}@example.com`;
  await suppress(address);
  expect(await mail('suppressed', domainId)).toEqual([
    expect.stringMatching(/^address +reason +at +userId +detail$/),
    expect.stringMatching(new RegExp(`^${address} +bounced +2026-01-01T00:00:00.000Z +u +General$`)),
  ]);
  expect(await mail('clear', domainId, address)).toContainEqual(expect.stringMatching(/^cleared +true$/));
  printed.length = 0;
  expect(await mail('suppressed', domainId)).toHaveLength(1);
});

it('says that there is nothing to clear, or no such domain', async () => {
  await expect(mail('clear', domainId, 'john@example.com')).rejects.toThrow(
    `Mails are not held back from john@example.com in the domain ${domainId}.`,
  );
  await expect(mail('suppressed', randomUUID())).rejects.toThrow(/There is no domain/);
});
