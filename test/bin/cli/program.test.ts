import type { Command } from 'commander';
import { specOf } from '../../../bin/cli/command';
import { RATE_PLANS, SEAT_POLICIES } from '../../../bin/cli/commands/domain-settings';
import { scimProgram } from '../../../bin/cli/program';
import { processTerminal } from '../../../bin/cli/terminal';
import document from '../../../docs/admin-api.openapi.json';
import { OPERATIONS } from '../../integration/admin/admin-document';
import { scim } from './run';
import { type StubApi, stubApi } from './stub-api';

const PROGRAM = scimProgram({ ...processTerminal(), env: {} });

const within = (command: Command): Command[] => [command, ...command.commands.flatMap(within)];
const ALL = within(PROGRAM);
const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [];
const NAMES = ALL.map((command) => [pathOf(command).join(' '), command] as const);
const CALLING = NAMES.filter(([, command]) => specOf(command)?.calls);

/** An example as a shell hands it over, with something for each <placeholder>. */
const argsOf = (example: string): string[] =>
  [...example.replace(/ > \S+$/, '').matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) =>
    (quoted ?? word).replace(/^<\w+>$/, 'an-id'),
  );

/** The name that is asked for otherwise. */
const named = (command: Command): string => (command.name() === 'delete' ? ' --name X' : '');

let api: StubApi;
beforeAll(async () => {
  api = await stubApi();
});
afterAll(() => api.close());
beforeEach(() => void api.called());

it('every operation of the admin API has a command', () => {
  const called = new Set(CALLING.flatMap(([, command]) => specOf(command)?.calls ?? []));
  expect([...called].sort()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort());
});

describe.each(CALLING)('%s', (_, command) => {
  const { calls = [], examples = [] } = specOf(command) ?? {};
  const run = (example: string) =>
    scim(argsOf(example), { env: api.env, answers: ['y'], now: () => new Date('2026-06-15T12:00:00Z') });

  it('calls what it says, by its examples', async () => {
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

  it('prints nothing but JSON with --json', async () => {
    const takesYes = command.options.some(({ long }) => long === '--yes');
    const example = examples[0]?.split(' > ')[0];
    const { out, err } = await run(`${example} --json${takesYes ? ' --yes' : ''}${named(command)}`);
    expect(err).toBe('');
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });
});

describe.each(NAMES)('scim %s --help', (name, command) => {
  it('has examples, fits on 80 columns, and goes to standard output', async () => {
    const { code, out, err } = await scim([...pathOf(command), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: scim ${name}`.trim());
    expect(out).toContain('--json');
    const [help, examples = ''] = out.split('Examples:\n');
    expect(examples).toMatch(/^ {2}\$ scim /);
    expect(help?.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('a wrong call', () => {
  it.each<[string, string[], RegExp]>([
    ['a noun alone', ['domain'], /^Usage: scim domain/],
    ['nothing', [], /^Usage: scim \[options\]/],
    ['a noun that there is not', ['domian', 'list'], /unknown command 'domian'\n\(Did you mean domain\?\)/],
    ['a verb that there is not', ['domain', 'remove'], /unknown command 'remove'/],
    ['an argument that is missing', ['domain', 'create'], /missing required argument 'name'/],
    ['an argument too many', ['domain', 'show', 'a', 'b'], /too many arguments/],
    ['an option that there is not', ['domain', 'list', '--foo'], /unknown option '--foo'/],
    [
      'a plan that there is not',
      ['domain', 'create', 'X', '--rate-plan', 'free'],
      /standard, gallery, unmetered/,
    ],
    ['seats that are none', ['domain', 'update', 'd', '--seats', 'many'], /whole number or "unlimited"/],
    ['a limit that is none', ['user', 'list', 'd', '--limit', '0'], /whole number of at least 1/],
    [
      'an expiry that is none',
      ['key', 'create', 'd', '--expires', 'soon'],
      /a duration such as 12h, 90d or 4w/,
    ],
    ['a change of nothing', ['domain', 'update', 'd'], /Pass at least one setting/],
    ['a check of no URL', ['doctor', '--url', 'scim.example.com'], /"scim.example.com" is not a valid URL/],
  ])('(%s) ends with 2, and sends nothing', async (_, args, message) => {
    const { code, out, err } = await scim(args, { env: api.env });
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) as string });
    expect(api.called()).toEqual([]);
  });
});

it('a session that is not there says how to start one', async () => {
  expect(await scim(['--local', '--session', '/nowhere/session.json', 'domain', 'list'])).toEqual({
    code: 1,
    out: '',
    err: 'error: There is no local system at /nowhere/session.json. Start one with: npm start\n',
  });
});

it('what is said next is what would be typed here', async () => {
  const create = (env: object) => scim(['domain', 'create', 'X'], { env: { ...api.env, ...env } });
  expect((await create({})).err).toContain('  scim key create text --name Okta\n');
  expect((await create({ npm_lifecycle_event: 'scim' })).err).toContain('  npm run scim -- key create text');
});

it('the choices are those of the document', () => {
  expect(RATE_PLANS).toEqual(document.components.schemas.RatePlan.enum);
  expect(SEAT_POLICIES).toEqual(document.components.schemas.SeatPolicy.enum);
});
