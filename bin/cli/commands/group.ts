import type { Command } from 'commander';
import type { Group, GroupDetail } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { USER } from './users/user-columns';

const GROUP: readonly Column<Group>[] = [
  ['Group ID', ({ groupId }) => groupId],
  ['Name', ({ displayName }) => displayName],
  ['Members', ({ memberCount }) => memberCount],
  ['External ID', ({ externalId }) => externalId],
  ['Last change', ({ lastModified }) => formatTime(lastModified)],
];

const DETAIL: readonly Column<GroupDetail>[] = [
  ...GROUP.map(([title, cell]): Column<GroupDetail> => [title, ({ group }) => cell(group)]),
  ['Created', ({ group }) => formatTime(group.createdAt)],
];

/** Adds `group …`. */
export function addGroupCommands(program: Command, cli: Cli): void {
  const group = addNoun(program, cli, 'group', 'groups and their members');

  addListOptions(
    addCommand(group, cli, {
      usage: 'list <domainId>',
      description: 'list the groups of a domain in the order of their names',
      examples: [
        'group list <domainId>',
        'group list <domainId> --search eng',
        'group list <domainId> --all',
      ],
      calls: ['GET /domains/{domainId}/groups'],
    }),
  )
    .option('--search <text>', 'groups whose name begins with the text')
    .action(async (domainId: string, { search, ...options }: ListOptions & { search?: string }) => {
      const api = await cli.api();
      const groups = await cli.collect('groups', limitOf(options), (page) =>
        api.call('GET /domains/{domainId}/groups', { path: { domainId }, query: { search, ...page } }),
      );
      cli.printList(
        groups,
        GROUP,
        search ? `No group matches "${search}".` : 'The domain has no groups yet.',
      );
    });

  addCommand(group, cli, {
    usage: 'show <domainId> <groupId>',
    description: 'show a group',
    examples: ['group show <domainId> <groupId>'],
    calls: ['GET /domains/{domainId}/groups/{groupId}'],
  }).action(async (domainId: string, groupId: string) => {
    const api = await cli.api();
    const path = { domainId, groupId };
    cli.printRecord(await api.call('GET /domains/{domainId}/groups/{groupId}', { path }), DETAIL);
  });

  addListOptions(
    addCommand(group, cli, {
      usage: 'members <domainId> <groupId>',
      description: 'list the members of a group and their licenses, oldest first',
      examples: ['group members <domainId> <groupId>', 'group members <domainId> <groupId> --all --json'],
      calls: ['GET /domains/{domainId}/groups/{groupId}/members'],
    }),
  ).action(async (domainId: string, groupId: string, options: ListOptions) => {
    const api = await cli.api();
    const path = { domainId, groupId };
    const members = await cli.collect('members', limitOf(options), (page) =>
      api.call('GET /domains/{domainId}/groups/{groupId}/members', { path, query: page }),
    );
    cli.printList(members, USER, 'The group has no members.');
  });
}
