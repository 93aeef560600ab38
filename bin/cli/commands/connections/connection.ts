import { type Command, Option } from 'commander';
import type {
  Connection,
  ConnectionChange,
  Credential,
  IdentityProvider,
} from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime, recordLines } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { Failure } from '../../failure';
import { addYesOption } from '../../options/common-options';
import { addCredentialCommands } from './connection-credential';

export const IDENTITY_PROVIDERS: readonly IdentityProvider[] = ['okta', 'entra-id', 'other'];

interface ConnectionOptions {
  readonly name?: string;
  readonly identityProvider?: IdentityProvider;
}

const CONNECTION: readonly Column<Connection>[] = [
  ['Name', ({ name }) => name],
  ['Connection ID', ({ connectionId }) => connectionId],
  ['Identity provider', ({ identityProvider }) => identityProvider],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
  ['Last used', ({ lastUsedAt }) => formatTime(lastUsedAt) ?? 'never'],
  ['Status', ({ status }) => status],
];

const IN_LIST: readonly Column<Connection>[] = [
  ...CONNECTION,
  ['Credentials', ({ credentials }) => credentials.filter(({ status }) => status === 'active').length],
];

const DETAILS: readonly Column<Connection>[] = [
  ...CONNECTION,
  ['Client ID', ({ clientId }) => clientId],
  ['Token URL', ({ tokenUrl }) => tokenUrl],
  ['SCIM base URL', ({ scimUrl }) => scimUrl],
  ['Metadata URL', ({ metadataUrl }) => metadataUrl],
  ['Administrators from roles', administratorsFromRoles],
];

function administratorsFromRoles({ administratorsFromRoles: confirmation }: Connection): string {
  if (!confirmation) return 'not confirmed';
  return `confirmed ${formatTime(confirmation.confirmedAt)} by ${confirmation.confirmedByName ?? confirmation.confirmedBy}`;
}

const CREDENTIAL: readonly Column<Credential>[] = [
  ['Type', ({ type }) => type],
  ['Name', ({ name }) => name],
  ['Credential ID', ({ credentialId }) => credentialId],
  ['Last used', ({ lastUsedAt }) => formatTime(lastUsedAt) ?? 'never'],
  ['Expires', ({ expireTime }) => formatTime(expireTime) ?? 'never'],
  ['Status', ({ status }) => status],
];

/** Adds `connection …`. */
export function addConnectionCommands(program: Command, cli: Cli): void {
  const connection = addNoun(
    program,
    cli,
    'connection',
    'connections of identity providers, and their credentials',
  );

  addCommand(connection, cli, {
    usage: 'list <domainId>',
    description: 'list the connections of a domain, oldest first',
    examples: ['connection list <domainId>', 'connection list <domainId> --json'],
    calls: ['GET /domains/{domainId}/connections'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/connections', { path: { domainId } });
    const create = cli.commandLine(`connection create ${domainId} --name Okta --identity-provider okta`);
    cli.printTable(items, IN_LIST, `The domain has no connection yet. Create one: ${create}`);
  });

  addSettings(
    addCommand(connection, cli, {
      usage: 'create <domainId>',
      description: 'create a connection, to which you then add credentials',
      examples: [
        'connection create <domainId> --name "Entra ID" --identity-provider entra-id',
        'connection create <domainId> --name Script',
      ],
      calls: ['POST /domains/{domainId}/connections'],
    }),
  ).action(async (domainId: string, { name = 'Connection', ...options }: ConnectionOptions) => {
    const api = await cli.api();
    const body = { name, ...options };
    const created = await api.call('POST /domains/{domainId}/connections', { path: { domainId }, body });
    cli.printRecord(created, DETAILS);
    const path = `${domainId} ${created.connectionId}`;
    cli.note(
      '\nThe connection has no credential yet. Add one:',
      `  ${cli.commandLine(`connection add-secret ${path}`)}`,
      `  ${cli.commandLine(`key create ${domainId} --connection ${created.connectionId}`)}`,
    );
  });

  addCommand(connection, cli, {
    usage: 'show <domainId> <id>',
    description: 'show a connection, its credentials, and the values for the identity provider',
    examples: ['connection show <domainId> <connectionId>'],
    calls: ['GET /domains/{domainId}/connections/{connectionId}'],
  }).action(async (domainId: string, connectionId: string) => {
    const api = await cli.api();
    const path = { domainId, connectionId };
    const found = await api.call('GET /domains/{domainId}/connections/{connectionId}', { path });
    cli.print(found, () => [
      ...recordLines(DETAILS, found),
      ...(found.credentials.length === 0 ? [] : ['', ...cli.tableLines(found.credentials, CREDENTIAL)]),
    ]);
  });

  addSettings(
    addCommand(connection, cli, {
      usage: 'update <domainId> <id>',
      description: 'change the name or the identity provider of a connection',
      examples: ['connection update <domainId> <connectionId> --identity-provider okta'],
      calls: ['PATCH /domains/{domainId}/connections/{connectionId}'],
    }),
  ).action(async (domainId: string, connectionId: string, options: ConnectionOptions) => {
    const body: ConnectionChange = options;
    if (Object.keys(body).length === 0) throw Failure.misused('Pass --name or --identity-provider.');
    const api = await cli.api();
    const path = { domainId, connectionId };
    const changed = await api.call('PATCH /domains/{domainId}/connections/{connectionId}', { path, body });
    cli.printRecord(changed, CONNECTION);
  });

  addYesOption(
    addCommand(connection, cli, {
      usage: 'revoke <domainId> <id>',
      description: 'revoke a connection with all its credentials permanently; takes effect immediately',
      examples: [
        'connection revoke <domainId> <connectionId>',
        'connection revoke <domainId> <connectionId> --yes',
      ],
      calls: ['DELETE /domains/{domainId}/connections/{connectionId}'],
    }),
  ).action(async (domainId: string, connectionId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Permanently revoke the connection ${connectionId}? Requests with any of its credentials are refused immediately.`,
      options,
    );
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/connections/{connectionId}', {
      path: { domainId, connectionId },
    });
    cli.print({ connectionId, revoked: true }, () => [`The connection ${connectionId} is revoked.`]);
  });

  addConfirmationCommands(connection, cli);
  addCredentialCommands(connection, cli);
}

function addConfirmationCommands(connection: Command, cli: Cli): void {
  const url = '/domains/{domainId}/connections/{connectionId}/administrators-from-roles';
  addYesOption(
    addCommand(connection, cli, {
      usage: 'confirm-administrators <domainId> <id>',
      description: 'confirm that mappings may make portal administrators of the users of a connection',
      examples: ['connection confirm-administrators <domainId> <connectionId> --yes'],
      calls: [`POST ${url}`],
    }),
  ).action(async (domainId: string, connectionId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Let mappings make portal administrators of users whom the connection ${connectionId} provisions? Whoever ` +
        'administers its identity provider can then make anybody an owner of the domain.',
      options,
    );
    const api = await cli.api();
    cli.printRecord(await api.call(`POST ${url}`, { path: { domainId, connectionId } }), DETAILS);
  });

  addYesOption(
    addCommand(connection, cli, {
      usage: 'withdraw-administrators <domainId> <id>',
      description: 'withdraw the confirmation for a connection; ends the roles that depend on it immediately',
      examples: ['connection withdraw-administrators <domainId> <connectionId> --yes'],
      calls: [`DELETE ${url}`],
    }),
  ).action(async (domainId: string, connectionId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `End the roles of the portal administrators whom mappings made of users of the connection ${connectionId}?`,
      options,
    );
    const api = await cli.api();
    await api.call(`DELETE ${url}`, { path: { domainId, connectionId } });
    cli.print({ connectionId, withdrawn: true }, () => [
      `Mappings no longer make administrators of users of the connection ${connectionId}.`,
    ]);
  });
}

const addSettings = (command: Command): Command =>
  command
    .option('--name <name>', 'name of the connection')
    .addOption(
      new Option('--identity-provider <provider>', 'kind of identity provider').choices(IDENTITY_PROVIDERS),
    );
