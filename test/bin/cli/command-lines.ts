import type { Command, CommanderError } from 'commander';
import { scimProgram } from '../../../bin/cli/program';
import { processTerminal, type Terminal } from '../../../bin/cli/terminal';

export const QUIET: Terminal = {
  ...processTerminal(),
  out: () => undefined,
  outFile: () => undefined,
  err: () => undefined,
  env: {},
  width: undefined,
};

/** Splits a command line, with a value for each placeholder that every option accepts. */
const argsOf = (text: string): string[] =>
  [
    ...text
      .replace(/<plan>/, 'standard')
      .replace(/<[^<>]+>/g, '7')
      .matchAll(/"([^"]*)"|\S+/g),
  ].map(([word, quoted]) => quoted ?? word);

/** Returns the CLI with commands that do nothing. */
function inertProgram(): Command {
  const disableActions = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(disableActions);
  };
  const program = scimProgram(QUIET);
  disableActions(program);
  return program;
}

/** A text may name a command without its arguments, or with `--help`. */
const NAMED_ONLY = [
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.helpDisplayed',
];

/** Returns why a command line cannot be run; undefined if its command exists and has its options. */
export async function problemOf(text: string): Promise<string | undefined> {
  try {
    await inertProgram().parseAsync(argsOf(text), { from: 'user' });
  } catch (error) {
    const { code, message } = error as CommanderError;
    const isNameOnly = argsOf(text).length <= 2 && code === 'commander.missingMandatoryOptionValue';
    return isNameOnly || NAMED_ONLY.includes(code) ? undefined : `${text}: ${message}`;
  }
  return undefined;
}
