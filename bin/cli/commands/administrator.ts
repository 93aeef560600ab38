import type { Command } from 'commander';
import type { Cli } from '../cli';
import { addCommand, addNoun } from '../command';
import { addYesOption } from '../options/common-options';
import {
  ADMINISTRATOR,
  INVITATION,
  MAPPED,
  printInvitation,
  printRemoval,
  printWithdrawal,
} from './administrator-output';

/** Adds `administrator …`, for the administrators of a domain. */
export function addAdministratorCommands(program: Command, cli: Cli): void {
  const administrator = addNoun(
    program,
    cli,
    'administrator',
    'administrators of a domain, and their invitations',
  );

  addCommand(administrator, cli, {
    usage: 'list <domainId>',
    description: 'list the administrators of a domain',
    examples: ['administrator list <domainId>', 'administrator list <domainId> --json'],
    calls: ['GET /domains/{domainId}/administrators'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/administrators', { path: { domainId } });
    const invite = cli.commandLine(`administrator invite ${domainId} <email> --role owner`);
    cli.printTable(items, ADMINISTRATOR, `The domain has no administrator yet. Invite one: ${invite}`);
  });

  addCommand(administrator, cli, {
    usage: 'list-mapped <domainId>',
    description: 'list the users whom mappings make administrators',
    examples: ['administrator list-mapped <domainId>'],
    calls: ['GET /domains/{domainId}/mapped-administrators'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/mapped-administrators', {
      path: { domainId },
    });
    cli.printTable(items, MAPPED, 'No mapping makes a user of this domain an administrator.');
  });

  addCommand(administrator, cli, {
    usage: 'resend-mapped <domainId> <userId>',
    description: 'send the invitation again to a user whom a mapping makes an administrator',
    examples: ['administrator resend-mapped <domainId> <userId>'],
    calls: ['POST /domains/{domainId}/mapped-administrators/{userId}/resend-invitation'],
  }).action(async (domainId: string, userId: string) => {
    const api = await cli.api();
    const resend = 'POST /domains/{domainId}/mapped-administrators/{userId}/resend-invitation';
    cli.printRecord(await api.call(resend, { path: { domainId, userId } }), MAPPED);
  });

  addCommand(administrator, cli, {
    usage: 'invite <domainId> <email>',
    description: 'invite an administrator; inviting the same address again sends another email',
    examples: [
      'administrator invite <domainId> jane.doe@example.com --role owner',
      'administrator invite <domainId> john.roe@example.com --role viewer --name "John Roe"',
    ],
    calls: ['POST /domains/{domainId}/administrators'],
  })
    .requiredOption('--role <role>', 'owner (can change the domain) or viewer')
    .option('--name <name>', 'name of the person')
    .action(async (domainId: string, email: string, { role, name }: { role: string; name?: string }) => {
      const api = await cli.api();
      // The API refuses other roles, and names those that exist.
      const body = { email, role: role as 'owner', ...(name !== undefined && { name }) };
      const invitation = await api.call('POST /domains/{domainId}/administrators', {
        path: { domainId },
        body,
      });
      printInvitation(cli, invitation);
    });

  addCommand(administrator, cli, {
    usage: 'set-role <domainId> <adminId> <role>',
    description: 'change the role of an administrator; takes effect immediately',
    examples: ['administrator set-role <domainId> <adminId> viewer'],
    calls: ['PATCH /domains/{domainId}/administrators/{administratorId}'],
  }).action(async (domainId: string, administratorId: string, role: string) => {
    const api = await cli.api();
    const changed = await api.call('PATCH /domains/{domainId}/administrators/{administratorId}', {
      path: { domainId, administratorId },
      body: { role: role as 'owner' },
    });
    cli.printRecord(changed, ADMINISTRATOR);
  });

  addYesOption(
    addCommand(administrator, cli, {
      usage: 'remove <domainId> <adminId>',
      description: 'remove an administrator from a domain; takes effect immediately',
      examples: ['administrator remove <domainId> <adminId> --yes'],
      calls: ['DELETE /domains/{domainId}/administrators/{administratorId}'],
    }),
  ).action(async (domainId: string, administratorId: string, options: { yes?: boolean }) => {
    await cli.confirm(`Remove the administrator ${administratorId} from the domain?`, options);
    const api = await cli.api();
    const path = { domainId, administratorId };
    await api.call('DELETE /domains/{domainId}/administrators/{administratorId}', { path });
    printRemoval(cli, administratorId, domainId);
  });

  addCommand(administrator, cli, {
    usage: 'invitations <domainId>',
    description: 'list the invitations that were not accepted',
    examples: ['administrator invitations <domainId>'],
    calls: ['GET /domains/{domainId}/invitations'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const { items } = await api.call('GET /domains/{domainId}/invitations', { path: { domainId } });
    cli.printTable(items, INVITATION, 'The domain has no open invitation.');
  });

  addCommand(administrator, cli, {
    usage: 'withdraw <domainId> <invitationId>',
    description: 'withdraw an invitation',
    examples: ['administrator withdraw <domainId> <invitationId>'],
    calls: ['DELETE /domains/{domainId}/invitations/{invitationId}'],
  }).action(async (domainId: string, invitationId: string) => {
    const api = await cli.api();
    const path = { domainId, invitationId };
    await api.call('DELETE /domains/{domainId}/invitations/{invitationId}', { path });
    printWithdrawal(cli, invitationId);
  });
}

/** Adds `operator …`, for the operators of the deployment. */
export function addOperatorCommands(program: Command, cli: Cli): void {
  const operator = addNoun(
    program,
    cli,
    'operator',
    'operators, who administer all domains, and their invitations',
  );

  addCommand(operator, cli, {
    usage: 'list',
    description: 'list the operators of the deployment',
    examples: ['operator list'],
    calls: ['GET /administrators'],
  }).action(async () => {
    const api = await cli.api();
    const { items } = await api.call('GET /administrators', {});
    const invite = cli.commandLine('operator invite <email>');
    cli.printTable(
      items,
      ADMINISTRATOR,
      `There is no operator besides the admin token. Invite one: ${invite}`,
    );
  });

  addCommand(operator, cli, {
    usage: 'invite <email>',
    description: 'invite an operator; inviting the same address again sends another email',
    examples: [
      'operator invite olivia@example.com',
      'operator invite olivia@example.com --name "Olivia Park"',
    ],
    calls: ['POST /administrators'],
  })
    .option('--name <name>', 'name of the person')
    .action(async (email: string, { name }: { name?: string }) => {
      const api = await cli.api();
      const body = { email, ...(name !== undefined && { name }) };
      printInvitation(cli, await api.call('POST /administrators', { body }));
    });

  addYesOption(
    addCommand(operator, cli, {
      usage: 'remove <adminId>',
      description: 'remove an operator; takes effect immediately',
      examples: ['operator remove <adminId> --yes'],
      calls: ['DELETE /administrators/{administratorId}'],
    }),
  ).action(async (administratorId: string, options: { yes?: boolean }) => {
    await cli.confirm(`Remove the operator ${administratorId}?`, options);
    const api = await cli.api();
    await api.call('DELETE /administrators/{administratorId}', { path: { administratorId } });
    printRemoval(cli, administratorId);
  });

  addCommand(operator, cli, {
    usage: 'invitations',
    description: 'list the invitations of operators that were not accepted',
    examples: ['operator invitations'],
    calls: ['GET /invitations'],
  }).action(async () => {
    const api = await cli.api();
    const { items } = await api.call('GET /invitations', {});
    cli.printTable(items, INVITATION, 'There is no open invitation of an operator.');
  });

  addCommand(operator, cli, {
    usage: 'withdraw <invitationId>',
    description: 'withdraw the invitation of an operator',
    examples: ['operator withdraw <invitationId>'],
    calls: ['DELETE /invitations/{invitationId}'],
  }).action(async (invitationId: string) => {
    const api = await cli.api();
    await api.call('DELETE /invitations/{invitationId}', { path: { invitationId } });
    printWithdrawal(cli, invitationId);
  });
}
