import type { Command } from 'commander';
import { specOf } from '../../../bin/cli/command';
import { IDENTITY_PROVIDERS } from '../../../bin/cli/commands/connections/connection';
import { RATE_PLANS, SEAT_POLICIES } from '../../../bin/cli/commands/domains/domain-settings';
import { scimProgram } from '../../../bin/cli/program';
import { processTerminal } from '../../../bin/cli/terminal';
import document from '../../../docs/admin-api.openapi.json';
import { OPERATIONS } from '../../integration/admin/admin-document';
import { scim } from './run';
import { type StubApi, stubApi } from './stub-api';

const PROGRAM = scimProgram({ ...processTerminal(), env: {} });

const commandsIn = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsIn)];
const ALL = commandsIn(PROGRAM);
const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [];
const NAMES = ALL.map((command) => [pathOf(command).join(' '), command] as const);
const CALLING = NAMES.filter(([, command]) => specOf(command)?.calls);

/**
 * Splits an example as a shell does, with a value for each <placeholder>. The stub has a mapping with the ID
 * `text`.
 */
const argsOf = (example: string): string[] =>
  [...example.replace(/ > \S+$/, '').matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) =>
    (quoted ?? word).replace(/^<mappingId>$/, 'text').replace(/^<\w+>$/, 'an-id'),
  );

const hasOption = (command: Command, option: string): boolean =>
  command.options.some(({ long }) => long === option);

/** Returns the option that replaces the prompt of a command, which asks for the name or for a yes. */
function confirmationOf(command: Command): string {
  if (hasOption(command, '--yes')) return ' --yes';
  return command.name() === 'delete' ? ' --name X' : '';
}

let api: StubApi;
beforeAll(async () => {
  api = await stubApi();
});
afterAll(() => api.close());
beforeEach(() => void api.called());

/** A receiver of SETs polls with its own token, as RFC 8936 says. */
const OF_RECEIVERS = ['pollSets', 'pollDeploymentSets'];

it('every operation of the admin API has a command, except those of receivers', () => {
  const called = new Set(CALLING.flatMap(([, command]) => specOf(command)?.calls ?? []));
  const wanted = OPERATIONS.filter(({ operationId }) => !OF_RECEIVERS.includes(operationId));
  expect([...called].sort()).toEqual(wanted.map(({ method, path }) => `${method} ${path}`).sort());
});

describe.each(CALLING)('scim %s', (_, command) => {
  const { calls = [], examples = [] } = specOf(command) ?? {};
  const run = (example: string) =>
    scim(argsOf(example), {
      env: api.env,
      answers: ['y'],
      now: () => new Date('2026-06-15T12:00:00Z'),
      readFile: (path) =>
        Promise.resolve(path.endsWith('.csv') ? 'userName\nada@example.com\n' : '{"mappings": []}'),
    });

  it('calls exactly its declared operations in its examples', async () => {
    const called = new Set<string>();
    for (const example of examples) {
      const { code, out, err } = await run(example);
      expect({ example, code, err }).toEqual({
        example,
        code: 0,
        err: expect.not.stringContaining('error') as string,
      });
      expect(out).toMatch(/\S/);
      for (const each of api.called()) called.add(each);
    }
    expect([...called].sort()).toEqual([...calls].sort());
  });

  it('prints only JSON with --json', async () => {
    const example = examples[0]?.split(' > ')[0];
    const { out, err } = await run(`${example} --json${confirmationOf(command)}`);
    expect(err).toBe('');
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });
});

describe.each(NAMES)('scim %s --help', (name, command) => {
  it('prints examples, fits in 80 columns, and writes to standard output', async () => {
    const { code, out, err } = await scim([...pathOf(command), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: scim ${name}`.trim());
    expect(out).toContain('--json');
    const [help, examples = ''] = out.split('Examples:\n');
    expect(examples).toMatch(/^ {2}\$ scim /);
    expect(help?.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('an invalid command line', () => {
  it.each<[string, string[], RegExp]>([
    ['a noun without a verb', ['domain'], /^Usage: scim domain/],
    ['no arguments', [], /^Usage: scim \[options\]/],
    ['an unknown noun', ['domian', 'list'], /unknown command 'domian'\n\(Did you mean domain\?\)/],
    ['an unknown verb', ['domain', 'remove'], /unknown command 'remove'/],
    ['a missing argument', ['domain', 'create'], /missing required argument 'name'/],
    ['too many arguments', ['domain', 'show', 'a', 'b'], /too many arguments/],
    ['an unknown option', ['domain', 'list', '--foo'], /unknown option '--foo'/],
    ['an unknown plan', ['domain', 'create', 'X', '--rate-plan', 'free'], /standard, gallery, unmetered/],
    ['invalid seats', ['domain', 'update', 'd', '--seats', 'many'], /whole number or "unlimited"/],
    ['an invalid limit', ['user', 'list', 'd', '--limit', '0'], /whole number of at least 1/],
    ['an invalid expiry', ['key', 'create', 'd', '--expires', 'soon'], /a duration such as 12h, 90d or 4w/],
    [
      'an update of a connection without settings',
      ['connection', 'update', 'd', 'c'],
      /Pass --name or --identity-provider/,
    ],
    ['a trust without an issuer', ['connection', 'add-trust', 'd', 'c'], /required option '--issuer/],
    ['an update without settings', ['domain', 'update', 'd'], /Pass at least one setting/],
    [
      'an empty domain',
      ['subscription', 'create', '--name', 'P', '--domain', ''],
      /--domain has an empty value/,
    ],
    ['an empty filter', ['audit', 'list', 'd', '--resource', ''], /--resource has an empty value/],
    ['an empty argument', ['user', 'list', ''], /argument 1 is empty/],
    [
      'an invalid start of a replay',
      ['webhook', 'replay', 's', '--since', 'yesterday'],
      /a duration such as/,
    ],
    ['an invalid number of events', ['event', 'list', '--limit', 'many'], /whole number of at least 1/],
    ['an import that nobody confirms', ['user', 'import', 'd', 'users.csv'], /Confirm with --yes/],
    [
      'an import without its file',
      ['user', 'import', 'd', 'users.csv', '--yes'],
      /users\.csv cannot be read/,
    ],
    ['an invalid URL', ['doctor', '--url', 'scim.example.com'], /"scim.example.com" is not a valid URL/],
  ])('(%s) exits with 2, and sends nothing', async (_, args, message) => {
    const { code, out, err } = await scim(args, { env: api.env });
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) as string });
    expect(api.called()).toEqual([]);
  });
});

it('the error for a missing session contains the command that starts one', async () => {
  expect(await scim(['--local', '--session', '/nowhere/session.json', 'domain', 'list'])).toEqual({
    code: 1,
    out: '',
    err: 'error: There is no local system at /nowhere/session.json. Start one with: npm start\n',
  });
});

it('the suggested next command has the form in which the CLI was called', async () => {
  const create = (env: object) => scim(['domain', 'create', 'X'], { env: { ...api.env, ...env } });
  expect((await create({})).err).toContain('  scim key create text --name Okta\n');
  expect((await create({ npm_lifecycle_event: 'scim' })).err).toContain('  npm run scim -- key create text');
});

it('the choices of the options match the OpenAPI document', () => {
  expect(RATE_PLANS).toEqual(document.components.schemas.RatePlan.enum);
  expect(IDENTITY_PROVIDERS).toEqual(document.components.schemas.IdentityProvider.enum);
  expect(SEAT_POLICIES).toEqual(document.components.schemas.SeatPolicy.enum);
});
