import type { Command } from 'commander';
import { wholeNumber } from './numbers';

export interface ListOptions {
  readonly limit: number;
  readonly all?: boolean;
}

const DEFAULT_LIMIT = 50;

/** Adds the options that limit the length of a list. */
export const addListOptions = (command: Command): Command =>
  command
    .option('--limit <number>', 'number of items to show', wholeNumber(1), DEFAULT_LIMIT)
    .option('--all', 'show all items');

export const limitOf = ({ limit, all }: ListOptions): number => (all ? Infinity : limit);

/** Adds the option that confirms the command without a question. */
export const addYesOption = (command: Command): Command =>
  command.option('--yes', 'do not ask for confirmation');
