import { Command } from 'commander';
import { Cli } from '../../bin/cli';
import { addDomainCommands } from '../../bin/domain-commands';
import { useSdkEnvironment } from '../integration/system';

let printed: string[];

beforeAll(() => useSdkEnvironment());
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());

/** Runs a command in this process; gives the lines that it prints. */
async function domain(...args: string[]): Promise<string[]> {
  printed = [];
  const program = new Command('scim').option('--local').option('--session <file>').option('--json');
  const command = addDomainCommands(program, new Cli(program));
  for (const each of [program, command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(
    args[0] === '--json' ? ['--json', 'domain', ...args.slice(1)] : ['domain', ...args],
    {
      from: 'user',
    },
  );
  return printed;
}

async function json<T>(...args: string[]): Promise<T> {
  return JSON.parse((await domain('--json', ...args)).join('\n')) as T;
}

const create = async (...options: string[]): Promise<string> =>
  (await json<{ domainId: string }>('create', 'Example Inc', ...options)).domainId;

it('a domain is made with all its settings', async () => {
  const domainId = await create(
    ...['--rate-plan', 'gallery', '--seats', '50', '--seat-policy', 'wait', '--mail-delay', '60'],
  );
  expect(await json('show', domainId)).toMatchObject({
    ratePlan: 'gallery',
    seats: 50,
    seatPolicy: 'wait',
    mailDelayMinutes: 60,
  });
});

it('is renamed, put on another plan, and its mails are delayed', async () => {
  const domainId = await create();
  expect(await json('rename', domainId, 'Renamed')).toMatchObject({ name: 'Renamed' });
  expect(await json('plan', domainId, 'gallery')).toMatchObject({ ratePlan: 'gallery' });
  expect(await domain('mail-delay', domainId, '90')).toContainEqual(
    expect.stringMatching(/^mailDelayMinutes +90$/),
  );
});

it('gets a number of seats, and loses the limit again', async () => {
  const domainId = await create();
  const shown = (await domain('seats', domainId, '50', '--seat-policy', 'wait')).join('\n');
  for (const line of [/^seats +50$/m, /^seatPolicy +wait$/m, /^activeLicenses +0$/m])
    expect(shown).toMatch(line);
  expect(await json('seats', domainId, 'unlimited')).toMatchObject({ seats: null, seatPolicy: 'wait' });
});

it('is deleted by its name, and listed apart from then on', async () => {
  const domainId = await create();
  await expect(domain('delete', domainId, '--name', 'Example')).rejects.toThrow(
    'The domain is named "Example Inc", not "Example".',
  );
  expect(await json('delete', domainId, '--name', 'Example Inc')).toMatchObject({ domainId });
  expect((await domain('list')).join('\n')).not.toContain(domainId);
  expect(await domain('list', '--deleted')).toContainEqual(
    expect.stringMatching(new RegExp(`^${domainId}  Example Inc  `)),
  );
});

it.each([
  ['a delay that is none', ['mail-delay', 'nobody', 'soon'], /whole number of minutes/],
  ['seats that are none', ['seats', 'nobody', 'many'], /a whole number, or "unlimited"/],
  ['a plan that there is not', ['plan', 'nobody', 'free'], /standard, gallery, unmetered/],
  ['a domain that there is not', ['rename', 'nobody', 'X'], /There is no domain nobody/],
])('%s is refused in a sentence', async (_, args, message) => {
  await expect(domain(...args)).rejects.toThrow(message);
});
