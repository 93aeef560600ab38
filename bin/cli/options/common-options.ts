import type { Command } from 'commander';
import { wholeNumber } from './numbers';

export interface ListOptions {
  readonly limit: number;
  readonly all?: boolean;
}

const LIMIT = 50;

/** Adds how much of a list is shown. */
export const addListOptions = (command: Command): Command =>
  command.option('--limit <number>', 'how many to show', wholeNumber(1), LIMIT).option('--all', 'show all');

export const limitOf = ({ limit, all }: ListOptions): number => (all ? Infinity : limit);

/** Adds what stands for the answer to the question whether it is meant. */
export const addYesOption = (command: Command): Command =>
  command.option('--yes', 'do not ask whether it is meant');
