import type { Command } from 'commander';
import type { Mapping, MappingInput, Mappings } from '../../../../portal/src/api/schema';
import { nameKeyOf } from '../../../../shared/scim/text/name-key';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { Failure } from '../../failure';
import { addYesOption } from '../../options/common-options';
import { addMappingOptions, type MappingOptions, sourceOf, targetOf } from './mapping-options';
import { wholeNumber } from '../../options/numbers';
import { type MappingsInFile, readMappings } from './mapping-file';
import { addPreviewCommand } from './mapping-preview';
import { sourceText, targetText } from './mapping-text';

type Row = Mapping & { readonly position: number };

const MAPPING: readonly Column<Row>[] = [
  ['#', ({ position }) => position],
  ['Users', ({ from }) => sourceText(from)],
  ['Get', ({ to }) => targetText(to)],
  ['Mapping ID', ({ id }) => id],
];

const CALLS = ['GET /domains/{domainId}/mappings', 'PUT /domains/{domainId}/mappings'] as const;

/** Adds `mapping …`. */
export function addMappingCommands(program: Command, cli: Cli): void {
  const mapping = addNoun(program, cli, 'mapping', 'what groups, roles, and attributes give users');

  addCommand(mapping, cli, {
    usage: 'list <domainId>',
    description:
      'list the mappings in their order, the organizations, and the progress of the last evaluation; --json ' +
      'prints the form that `mapping set` reads',
    examples: ['mapping list <domainId>', 'mapping list <domainId> --json > mappings.json'],
    calls: ['GET /domains/{domainId}/mappings'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    printMappings(cli, await api.call('GET /domains/{domainId}/mappings', { path: { domainId } }));
  });

  addMappingOptions(
    addCommand(mapping, cli, {
      usage: 'add <domainId>',
      description: 'add a mapping at the end of the list, or at a position; then all users are evaluated',
      examples: [
        'mapping add <domainId> --group-name Engineering --to-user-type "Full User"',
        'mapping add <domainId> --role admin --to-administrator owner --position 1',
        'mapping add <domainId> --attribute title=Analyst --to-organization Research --organization-role member',
      ],
      calls: CALLS,
    }),
  )
    .option('--position <number>', 'position in the list, from 1', wholeNumber(1))
    .action(async (domainId: string, options: MappingOptions & { readonly position?: number }) => {
      const added: MappingInput = { from: sourceOf(options), to: targetOf(options) };
      await change(cli, domainId, (mappings) =>
        insertAt<MappingInput>(mappings, options.position ?? mappings.length + 1, added),
      );
    });

  addCommand(mapping, cli, {
    usage: 'move <domainId> <mappingId>',
    description: 'move a mapping to another position in the list; then all users are evaluated',
    examples: ['mapping move <domainId> <mappingId> --position 1'],
    calls: CALLS,
  })
    .requiredOption('--position <number>', 'position in the list, from 1', wholeNumber(1))
    .action(async (domainId: string, mappingId: string, { position }: { position: number }) => {
      await change(cli, domainId, (mappings) => {
        const moved = found(mappings, mappingId);
        return insertAt(
          mappings.filter(({ id }) => id !== mappingId),
          position,
          moved,
        );
      });
    });

  addYesOption(
    addCommand(mapping, cli, {
      usage: 'remove <domainId> <mappingId>',
      description: 'remove a mapping; then all users are evaluated',
      examples: ['mapping remove <domainId> <mappingId>'],
      calls: CALLS,
    }),
  ).action(async (domainId: string, mappingId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Remove the mapping ${mappingId}? Licenses and organizations of its users may change.`,
      options,
    );
    await change(cli, domainId, (mappings) => {
      found(mappings, mappingId);
      return mappings.filter(({ id }) => id !== mappingId);
    });
  });

  addYesOption(
    addCommand(mapping, cli, {
      usage: 'set <domainId> <file>',
      description:
        'replace all mappings by those of a JSON file; then all users are evaluated. `-` reads standard input. ' +
        'Without "organizations" in the file, they stay as they are. With the "version" of `mapping list --json`, ' +
        'the command fails if the mappings were changed since',
      examples: ['mapping set <domainId> mappings.json'],
      calls: CALLS,
    }),
  ).action(async (domainId: string, file: string, options: { yes?: boolean }) => {
    const input = await readMappings(cli, file);
    await cli.confirm(
      `Replace all mappings of the domain by ${input.mappings.length}? Show the effect first: ` +
        `${cli.commandLine(`mapping preview ${domainId} ${file}`)}\nReplace them?`,
      options,
    );
    await replace(cli, domainId, () => input);
  });

  addCommand(mapping, cli, {
    usage: 'declare <domainId> <organization>',
    description: 'declare an organization and its roles, so that mappings can give them',
    examples: ['mapping declare <domainId> Research --roles member,lead'],
    calls: CALLS,
  })
    .requiredOption('--roles <roles>', 'the roles, separated by commas, or "none" to remove the organization')
    .action(async (domainId: string, name: string, { roles }: { roles: string }) => {
      const declared = roles === 'none' ? [] : [{ name, roles: roles.split(',').map((role) => role.trim()) }];
      await replace(cli, domainId, ({ mappings, organizations }) => {
        const others = organizations.filter((each) => nameKeyOf(each.name) !== nameKeyOf(name));
        if (declared.length === 0 && others.length === organizations.length)
          throw notDeclared(name, organizations);
        return { mappings, organizations: [...others, ...declared] };
      });
    });

  addPreviewCommand(mapping, cli);
}

/** Changes the list of mappings. */
const change = (
  cli: Cli,
  domainId: string,
  edit: (mappings: readonly Mapping[]) => readonly MappingInput[],
): Promise<void> => replace(cli, domainId, ({ mappings }) => ({ mappings: edit(mappings) }));

/** Replaces the mappings, if nobody else has changed them meanwhile, or since the version of a file. */
async function replace(
  cli: Cli,
  domainId: string,
  edit: (current: Mappings) => MappingsInFile,
): Promise<void> {
  const api = await cli.api();
  const path = { domainId };
  const current = await api.call('GET /domains/{domainId}/mappings', { path });
  const body = { version: current.version, ...edit(current) };
  printMappings(cli, await api.call('PUT /domains/{domainId}/mappings', { path, body }));
}

/** Returns the list with a value at a position, which begins at 1. */
const insertAt = <T>(list: readonly T[], position: number, value: T): readonly T[] =>
  list.toSpliced(position - 1, 0, value);

function notDeclared(name: string, organizations: Mappings['organizations']): Failure {
  const names = organizations.map((each) => each.name);
  const declared = names.length === 0 ? 'The domain declares none.' : `Declared are: ${names.join(', ')}.`;
  return new Failure(`The domain declares no organization ${name}. ${declared}`);
}

function found(mappings: readonly Mapping[], mappingId: string): Mapping {
  const mapping = mappings.find(({ id }) => id === mappingId);
  if (!mapping) throw new Failure(`There is no mapping ${mappingId}. See: scim mapping list <domainId>`);
  return mapping;
}

function printMappings(cli: Cli, mappings: Mappings): void {
  cli.print(mappings, () => {
    const rows = mappings.mappings.map((each, at) => ({ ...each, position: at + 1 }));
    return [
      ...(rows.length === 0 ? ['The domain has no mappings.'] : cli.tableLines(rows, MAPPING)),
      ...organizationLines(mappings),
      ...evaluationLines(mappings),
    ];
  });
}

function organizationLines({ organizations, vendorOrganizations }: Mappings): string[] {
  const all = [...vendorOrganizations, ...organizations];
  if (all.length === 0) return [];
  return ['', 'Organizations:', ...all.map(({ name, roles }) => `  ${name}: ${roles.join(', ')}`)];
}

function evaluationLines({ evaluation }: Mappings): string[] {
  if (!evaluation) return [];
  const { done, total, finishedAt } = evaluation;
  return [
    '',
    finishedAt
      ? `All users were evaluated at ${formatTime(finishedAt)}.`
      : `The users are being evaluated: ${done} of ${total}.`,
  ];
}
