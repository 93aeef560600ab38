import { PortUnavailable } from '../host/http';
import { DirectoryInUse, StateDirectory } from '../host/state-directory';
import type { UserError } from '../host/user-error';

/** Ports below this one require privileges. */
const FIRST_UNPRIVILEGED_PORT = 1_024;
const LAST_PORT = 65_535;

/**
 * Returns the message of an error that prevents a start. If another port or directory helps, it ends with the
 * command of the user with these. `state` is the directory as the user wrote it.
 */
export function startAdvice(error: UserError, args: readonly string[], state: string): string {
  if (error instanceof PortUnavailable && error.flag !== undefined) {
    const command = startCommand(args, { [error.flag]: String(otherPort(error.port)) });
    return `${error.message} Use another one, or 0 for a free one: ${command}`;
  }
  if (!(error instanceof DirectoryInUse)) return error.message;
  const hasPortalPort = args.some((arg) => /^--portal-port(=|$)/.test(arg));
  const command = startCommand(args, {
    '--port': '0',
    ...(hasPortalPort && { '--portal-port': '0' }),
    '--state': unusedDirectory(state.replace(/\/+$/, '')),
  });
  return `${error.message} For example, with free ports: ${command}`;
}

/** Returns the command of a user with other values of some flags. */
function startCommand(args: readonly string[], values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values);
  const kept = args.filter(
    (arg, at) => !names.some((name) => arg === name || arg.startsWith(`${name}=`) || args[at - 1] === name),
  );
  return ['npm start --', ...[...kept, ...Object.entries(values).flat()].map(quoted)].join(' ');
}

/** Returns a word as a shell reads it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

function otherPort(port: number): number {
  if (port < FIRST_UNPRIVILEGED_PORT) return port + 8_000;
  return port + 10 < LAST_PORT ? port + 10 : port - 10;
}

function unusedDirectory(path: string): string {
  let number = 2;
  while (StateDirectory.ownerOf(`${path}-${number}`) !== undefined) number++;
  return `${path}-${number}`;
}
