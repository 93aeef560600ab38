import type { Command } from 'commander';
import { Failure } from '../failure';

/** The values of the option, by name. */
export type Values = Readonly<Record<string, string>>;

/** Adds the option that gives a user a value. It can be repeated. */
export const addSetOption = (command: Command): Command =>
  command.option<Values>(
    '--set <name=value>',
    'a value of the user, by the name of a column; empty to remove it; can be repeated',
    addValue,
    {},
  );

function addValue(text: string, values: Values): Values {
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined)
    throw Failure.misused(
      `"${text}" is not a name and a value. Write it as name=value, such as title=Engineer.`,
    );
  return { ...values, [name]: value };
}
