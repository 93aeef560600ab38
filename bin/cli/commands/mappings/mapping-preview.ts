import type { Command } from 'commander';
import type { MappingResult, PreviewedUser } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import type { Column } from '../../columns';
import { addCommand } from '../../command';
import { readMappings } from './mapping-file';

/** The largest number of changed users that a preview lists. */
const MAX_LISTED_USERS = 100;

const CHANGE: readonly Column<PreviewedUser>[] = [
  ['User name', ({ userName }) => userName],
  ['Before', ({ before }) => resultText(before)],
  ['After', ({ after }) => resultText(after)],
  ['User ID', ({ userId }) => userId],
];

/** Adds `mapping preview`. */
export function addPreviewCommand(mapping: Command, cli: Cli): void {
  addCommand(mapping, cli, {
    usage: 'preview <domainId> <file>',
    description:
      'show which users would change with the mappings of a JSON file, and change nothing; `-` reads standard input',
    examples: ['mapping preview <domainId> mappings.json'],
    calls: ['POST /domains/{domainId}/mappings/preview'],
  }).action(async (domainId: string, file: string) => {
    const { mappings, organizations } = await readMappings(cli, file);
    const body = { mappings, ...(organizations && { organizations }) };
    const api = await cli.api();
    const users: PreviewedUser[] = [];
    let [examined, changed] = [0, 0];
    let cursor: string | undefined;
    do {
      const preview = await api.call('POST /domains/{domainId}/mappings/preview', {
        path: { domainId },
        query: { cursor },
        body,
      });
      examined += preview.examined;
      changed += preview.changed;
      users.push(...preview.users.slice(0, MAX_LISTED_USERS - users.length));
      cursor = preview.next;
    } while (cursor !== undefined);
    cli.print({ examined, changed, users }, () => [
      `${changed} of ${examined} users would change.`,
      ...(users.length > 0 ? ['', ...cli.tableLines(users, CHANGE)] : []),
      ...(changed > users.length ? [`And ${changed - users.length} more.`] : []),
    ]);
  });
}

/** Describes in one line what mappings give a user. */
function resultText({ userType, license, organizations, administrator }: MappingResult): string {
  return [
    license ? userType : 'no license',
    ...organizations.map(({ organization, role }) => `${organization} (${role})`),
    ...(administrator ? [`portal ${administrator.role}`] : []),
  ].join(', ');
}
