import type { Command } from 'commander';
import type { OperationName } from '../../portal/src/api/operation';
import { type Cli, invocation } from './cli';

export interface CommandSpec {
  /** The verb with its arguments, e.g. `show <domainId>`. */
  readonly usage: string;
  readonly description: string;
  /** Each a whole command line without the name of the program. */
  readonly examples: readonly string[];
  /** What it asks of the admin API. */
  readonly calls?: readonly OperationName[];
}

const specs = new WeakMap<Command, CommandSpec>();

/** Adds a command, with examples below its help. */
export function addCommand(parent: Command, cli: Cli, spec: CommandSpec): Command {
  const command = parent
    .command(spec.usage)
    .description(spec.description)
    .addHelpText('after', () => exampleText(cli, spec.examples));
  specs.set(command, spec);
  return command;
}

/** Adds a noun, which has commands of its own, and below its help an example of each. */
export const addNoun = (parent: Command, cli: Cli, name: string, description: string): Command =>
  parent
    .command(name)
    .description(description)
    .helpCommand(false)
    .addHelpText('after', ({ command }) =>
      exampleText(
        cli,
        command.commands.flatMap((each) => specOf(each)?.examples.slice(0, 1) ?? []),
      ),
    );

/** Undefined for a noun. */
export const specOf = (command: Command): CommandSpec | undefined => specs.get(command);

export const exampleText = (cli: Cli, examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((example) => `  $ ${invocation(cli.terminal.env)} ${example}`).join('\n')}`;
