import type { Command } from 'commander';

/** The options of commands for a domain or, without `--domain`, for the deployment. */
export interface ScopeOptions {
  readonly domain?: string;
}

/** Adds the option that chooses a domain. Without it, a command is about the deployment. */
export const addScope = (command: Command): Command =>
  command.option('--domain <domainId>', 'the domain; without it, the whole deployment (operators)');
