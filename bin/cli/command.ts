import type { Command } from 'commander';
import type { OperationName } from '../../portal/src/api/client/operation';
import { type Cli, invocation } from './cli';
import { Failure } from './failure';

export interface CommandSpec {
  /** The verb and its arguments, such as `show <domainId>`. */
  readonly usage: string;
  readonly description: string;
  /** Complete command lines without the program name. */
  readonly examples: readonly string[];
  /** The admin API operations that the command calls. */
  readonly calls?: readonly OperationName[];
}

const specs = new WeakMap<Command, CommandSpec>();

/** Adds a command. Its help ends with the examples. */
export function addCommand(parent: Command, cli: Cli, spec: CommandSpec): Command {
  const command = parent
    .command(spec.usage)
    .description(spec.description)
    .addHelpText('after', () => exampleText(cli, spec.examples))
    .hook('preAction', (_, called) => assertNoEmptyValues(called));
  specs.set(command, spec);
  return command;
}

/**
 * An empty variable of a shell must not act like an option that is absent: a command could then concern all
 * domains.
 */
function assertNoEmptyValues(called: Command): void {
  const option = called.options.find((each) => called.getOptionValue(each.attributeName()) === '');
  if (option) throw Failure.misused(`${option.long} has an empty value. Pass a value, or omit the option.`);
  const at = called.args.indexOf('');
  if (at >= 0) throw Failure.misused(`The argument ${at + 1} is empty. Pass a value.`);
}

/** Adds a noun that groups commands. Its help ends with one example of each command. */
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

/** Returns the specification of a command; undefined for a noun. */
export const specOf = (command: Command): CommandSpec | undefined => specs.get(command);

const exampleText = (cli: Cli, examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((example) => `  $ ${invocation(cli.terminal.env)} ${example}`).join('\n')}`;
