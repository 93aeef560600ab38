import { scim } from './run';

const env = { SCIM_ADMIN_URL: 'http://127.0.0.1:9/admin/v1', SCIM_ADMIN_TOKEN: 'x' };

// No process listens on port 9, so a confirmed command fails with this message.
const GOES_ON = /cannot be reached/;

describe.each([
  ['key revoke', ['key', 'revoke', 'd', 'k']],
  ['user deactivate', ['user', 'deactivate', 'd', 'u']],
  ['domain disable', ['domain', 'disable', 'd']],
  ['subscription replace-token', ['subscription', 'replace-token', 's']],
  ['subscription delete', ['subscription', 'delete', 's']],
])('scim %s', (_, args) => {
  it('asks for a confirmation, and does nothing without a yes', async () => {
    for (const answer of ['', 'n', 'yess', undefined]) {
      const { code, err } = await scim(args, { env, answers: [answer] });
      expect({ code, err }).toEqual({
        code: 1,
        err: expect.stringMatching(/\? .*\[y\/N\] error: Canceled\. Nothing was changed\.\n$/) as string,
      });
    }
  });

  it('continues after a yes, or with --yes', async () => {
    for (const answer of ['y', 'YES '])
      expect((await scim(args, { env, answers: [answer] })).err).toMatch(GOES_ON);
    expect((await scim([...args, '--yes'], { env })).err).toMatch(GOES_ON);
  });

  it('requires --yes if standard input is not a terminal', async () => {
    const { code, err } = await scim(args, { env });
    expect(code).toBe(2);
    expect(err).toMatch(/Standard input is not a terminal\. Confirm with --yes\.\n$/);
  });
});

describe('scim domain delete', () => {
  const args = ['domain', 'delete', 'd'];

  it('requires the name of the domain, typed or as an option', async () => {
    expect((await scim(args, { env, answers: ['Example Inc'] })).err).toMatch(GOES_ON);
    expect((await scim([...args, '--name', 'Example Inc'], { env })).err).toMatch(GOES_ON);
  });

  it('does nothing without the name', async () => {
    expect(await scim(args, { env, answers: [' '] })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/error: Nothing was deleted\.\n$/) as string,
    });
    // Nothing is read before the name, not even the access.
    for (const each of [env, { SCIM_ADMIN_URL: env.SCIM_ADMIN_URL }])
      expect(await scim(args, { env: each })).toMatchObject({
        code: 2,
        err: expect.stringContaining('--name') as string,
      });
  });
});
