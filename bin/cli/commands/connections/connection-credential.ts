import type { Command } from 'commander';
import type { AssertionTest, Credential, GeneratedClientSecret } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand } from '../../command';
import { Failure } from '../../failure';
import { addYesOption } from '../../options/common-options';
import { parseFutureTime } from '../../options/times';

interface TrustOptions {
  readonly name?: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: readonly string[];
  readonly tenant?: string;
  readonly jwksUrl: string;
  readonly expires?: string;
}

const SECRET: readonly Column<GeneratedClientSecret>[] = [
  ['Name', ({ name }) => name],
  ['Credential ID', ({ credentialId }) => credentialId],
  ['Expires', ({ expireTime }) => formatTime(expireTime)],
  ['Client ID', ({ clientId }) => clientId],
  ['Client secret', ({ clientSecret }) => clientSecret],
  ['Token URL', ({ tokenUrl }) => tokenUrl],
  ['SCIM base URL', ({ scimUrl }) => scimUrl],
];

const TRUST: readonly Column<Credential>[] = [
  ['Name', ({ name }) => name],
  ['Credential ID', ({ credentialId }) => credentialId],
  ['Issuer', ({ trust }) => trust?.issuer],
  ['Subject', ({ trust }) => trust?.subject],
  ['Audiences', ({ trust }) => trust?.audiences.join(', ')],
  ['Tenant', ({ trust }) => trust?.tenant],
  ['JWKS URL', ({ trust }) => trust?.jwksUrl],
  ['Expires', ({ expireTime }) => formatTime(expireTime) ?? 'never'],
];

const CHECK: readonly Column<AssertionTest['checks'][number]>[] = [
  ['Check', ({ name }) => name],
  ['Result', ({ result }) => result],
  ['Detail', ({ detail }) => detail],
];

/** Adds the commands for the credentials of a connection. */
export function addCredentialCommands(connection: Command, cli: Cli): void {
  addExpiry(
    addCommand(connection, cli, {
      usage: 'add-secret <domainId> <id>',
      description: 'create a client secret and print it; it cannot be shown again',
      examples: [
        'connection add-secret <domainId> <connectionId>',
        'connection add-secret <domainId> <connectionId> --name "Second secret" --expires 2028-01-31',
      ],
      calls: ['POST /domains/{domainId}/connections/{connectionId}/secrets'],
    }),
    cli,
    'one year; at least one year, at most three',
  ).action(
    async (
      domainId: string,
      connectionId: string,
      { name, expires }: { readonly name?: string; readonly expires?: string },
    ) => {
      const api = await cli.api();
      const created = await api.call('POST /domains/{domainId}/connections/{connectionId}/secrets', {
        path: { domainId, connectionId },
        body: { ...(name !== undefined && { name }), ...(expires !== undefined && { expireTime: expires }) },
      });
      cli.printRecord(created, SECRET);
      cli.note('\nThis secret cannot be shown again. Enter it in the identity provider.');
    },
  );

  addExpiry(
    addCommand(connection, cli, {
      usage: 'add-trust <domainId> <id>',
      description: 'accept client assertions of an identity provider, so that it needs no secret',
      examples: [
        'connection add-trust <domainId> <connectionId> --issuer https://idp.example.com --subject my-app ' +
          '--audience https://scim.example.com --jwks-url https://idp.example.com/keys',
      ],
      calls: ['POST /domains/{domainId}/connections/{connectionId}/trusts'],
    })
      .requiredOption('--issuer <text>', 'the claim iss')
      .requiredOption('--subject <text>', 'the claim sub')
      .requiredOption(
        '--audience <text>',
        'an accepted value of the claim aud; repeat the option for each one',
        (text: string, others: readonly string[] = []) => [...others, text],
      )
      .option('--tenant <text>', 'the claim tid')
      .requiredOption('--jwks-url <url>', 'the URL of the public keys of the issuer'),
    cli,
    'never',
  ).action(async (domainId: string, connectionId: string, options: TrustOptions) => {
    const { audience, expires, ...trust } = options;
    const api = await cli.api();
    const created = await api.call('POST /domains/{domainId}/connections/{connectionId}/trusts', {
      path: { domainId, connectionId },
      body: { ...trust, audiences: audience, ...(expires !== undefined && { expireTime: expires }) },
    });
    cli.printRecord(created, TRUST);
  });

  addYesOption(
    addCommand(connection, cli, {
      usage: 'revoke-credential <domainId> <id>',
      description: 'revoke a key, secret, or trust permanently; takes effect immediately',
      examples: ['connection revoke-credential <domainId> <connectionId> --credential <credentialId>'],
      calls: ['DELETE /domains/{domainId}/connections/{connectionId}/credentials/{credentialId}'],
    }).requiredOption('--credential <id>', 'the key, secret, or trust'),
  ).action(async (domainId: string, connectionId: string, options: { credential: string; yes?: boolean }) => {
    const { credential: credentialId } = options;
    await cli.confirm(
      `Permanently revoke the credential ${credentialId}? Requests with it are refused immediately.`,
      options,
    );
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/connections/{connectionId}/credentials/{credentialId}', {
      path: { domainId, connectionId, credentialId },
    });
    cli.print({ credentialId, revoked: true }, () => [`The credential ${credentialId} is revoked.`]);
  });

  addCommand(connection, cli, {
    usage: 'test-assertion <domainId> <id>',
    description: 'show which checks a client assertion passes; grants nothing and does not use it up',
    examples: ['connection test-assertion <domainId> <connectionId> --assertion -'],
    calls: ['POST /domains/{domainId}/connections/{connectionId}/assertion-tests'],
  })
    .requiredOption(
      '--assertion <jwt>',
      'the client assertion; `-` reads it from standard input, so that it is not in the history of your shell',
    )
    .action(async (domainId: string, connectionId: string, { assertion }: { assertion: string }) => {
      const api = await cli.api();
      const test = await api.call('POST /domains/{domainId}/connections/{connectionId}/assertion-tests', {
        path: { domainId, connectionId },
        body: { assertion: assertion === '-' ? (await cli.terminal.readInput()).trim() : assertion },
      });
      cli.print(test, () => [
        ...cli.tableLines(test.checks, CHECK),
        ...(test.accepted ? ['', 'The assertion would be accepted.'] : []),
      ]);
      if (!test.accepted) throw new Failure('The assertion would be refused.');
    });
}

const addExpiry = (command: Command, { terminal }: Cli, otherwise: string): Command =>
  command
    .option('--name <name>', 'name of the credential; default: that of the connection')
    .option(
      '--expires <when>',
      `after a duration (12h, 90d, 4w), at the end of a date (2027-12-31, UTC), or at an RFC 3339 time; default: ${otherwise}`,
      (text) => parseFutureTime(text, terminal.now()),
    );
