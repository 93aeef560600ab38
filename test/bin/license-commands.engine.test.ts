import { Command } from 'commander';
import { Cli } from '../../bin/cli';
import { addLicenseCommands, addLicenseMailCommands } from '../../bin/license-commands';
import { until } from '../../local/host/until';
import type { ShownLicense } from '../../shared/service/license-admin';
import { freshName, replacing, userBody } from '../integration/bodies';
import { expectConsistent } from '../integration/consistency';
import { provision } from '../integration/provision';
import {
  domainAdmin,
  type DomainClient,
  fireRule,
  letSesFail,
  mailsTo,
  newDomain,
  waitForMail,
} from '../integration/system';

const OPERATOR = { kind: 'admin', id: 'operator' } as const;

let domain: DomainClient;

beforeAll(async () => {
  domain = await newDomain();
});
afterAll(() => expectConsistent(domain.domainId));

/** Runs a command in this process; gives what it prints. */
async function scim(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line = '') => void printed.push(String(line)));
  const program = new Command('scim').option('--local').option('--session <file>').option('--json');
  const cli = new Cli(program);
  addLicenseCommands(program, cli);
  addLicenseMailCommands(program.command('mail'), cli);
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return printed.join('\n');
}

const read = async (userId: string) =>
  JSON.parse(await scim('--json', 'license', 'show', domain.domainId, userId)) as ShownLicense;

/** Waits until the newest entry of a history says so. */
async function untilLast(userId: string, status: string): Promise<void> {
  await until(`the mail of ${userId} to be ${status}`, 40_000, async () => {
    const [last] = (await read(userId)).history.entries;
    return last?.status === status;
  });
}

it('a mail that SES rejected is put back by one command, shown with its history, and sent again on demand', async () => {
  const email = freshName();
  await letSesFail('MessageRejected', email);
  const { id } = await provision(domain, userBody(email));
  await untilLast(id, 'failed');
  const shown = await scim('license', 'show', domain.domainId, id);
  expect(shown).toMatch(new RegExp(`^email +${email}$`, 'm'));
  expect(shown).toMatch(/^2.* active +scimKey test +license-key +failed .*MessageRejected/m);

  expect(await scim('mail', 'redrive')).toMatch(/^mails +\d/m);
  await fireRule('MailOutbox');
  const [first] = await waitForMail(email);
  await untilLast(id, 'sent');

  expect(await scim('mail', 'resend', domain.domainId, id)).toContain(id);
  const [, second] = await waitForMail(email, 2);
  expect(second?.body.text).toBe(first?.body.text);
  await untilLast(id, 'sent');
  const { history } = await read(id);
  expect(history.entries.map(({ kind, by }) => [kind, by?.kind])).toEqual([
    ['license-key', 'admin'],
    ['license-key', 'scimKey'],
  ]);
  expect(await scim('license', 'show', domain.domainId, id, '--limit', '1')).toMatch(/^More: --after /m);
}, 60_000);

it('the first mail waits as the domain wants it, and is not sent to somebody who has left by then', async () => {
  const later = await newDomain();
  await (await domainAdmin()).updateDomain(later.domainId, { mailDelayMinutes: 60 }, OPERATOR);
  const { id, path, userName } = await provision(later);
  const last = async () =>
    JSON.parse(await scim('--json', 'license', 'show', later.domainId, id)) as ShownLicense;
  await until('the mail to be due', 40_000, async () => {
    const [entry] = (await last()).history.entries;
    return entry?.status === 'due';
  });
  await later.request('PATCH', path, replacing('active', false));
  await until('the deactivation to be noted', 40_000, async () => {
    const { entries } = (await last()).history;
    return entries.length === 2;
  });
  expect((await last()).history.entries.map(({ kind, status }) => [kind, status])).toEqual([
    ['none', 'none'],
    ['license-key', 'superseded'],
  ]);
  await fireRule('MailOutbox');
  expect(await mailsTo(userName)).toEqual([]);
}, 60_000);

it.each([
  ['license', 'show'],
  ['mail', 'resend'],
])('%s %s says whom there is not', async (...command) => {
  await expect(scim(...command, domain.domainId, 'nobody')).rejects.toThrow(/\bnobody\b/);
});

it('does not send the mail of a user again who never had a license that was active', async () => {
  const { id } = await provision(domain, userBody(freshName(), { active: false }));
  await expect(scim('mail', 'resend', domain.domainId, id)).rejects.toThrow(/never was active/);
});
