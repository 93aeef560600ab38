import type { Command } from 'commander';
import type { Me } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import type { Column } from '../columns';
import { addCommand, addNoun } from '../command';

const ME: readonly Column<Me>[] = [
  ['ID', ({ id }) => id],
  ['Name', ({ name }) => name],
  ['Kind', ({ kind }) => kind],
  [
    'Access',
    ({ operator, domains }) => (operator ? 'all domains' : domains.map(({ name }) => name).join(', ')),
  ],
];

/** Adds `api …`. */
export function addApiCommands(program: Command, cli: Cli): void {
  const noun = addNoun(program, cli, 'api', 'the admin API itself');

  addCommand(noun, cli, {
    usage: 'whoami',
    description: 'show the identity and the access of the caller',
    examples: ['api whoami'],
    calls: ['GET /me'],
  }).action(async () => cli.printRecord(await (await cli.api()).call('GET /me', {}), ME));

  addCommand(noun, cli, {
    usage: 'document',
    description: 'print the OpenAPI document of the admin API as JSON',
    examples: ['api document > admin-api.json'],
    calls: ['GET /openapi.json'],
  }).action(async () => {
    const document = await (await cli.api()).call('GET /openapi.json', {});
    cli.print(document, () => JSON.stringify(document, null, 2).split('\n'));
  });
}
