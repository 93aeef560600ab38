import { CommanderError, InvalidArgumentError } from 'commander';
import { escapeControls } from '../../shared/scim/text';
import { EXIT, Failure } from './failure';
import { scimProgram } from './program';
import { escapingTerminal, type Terminal } from './terminal';

/** Runs a command line (without the program name) and returns its exit code. Never throws. */
export async function main(args: readonly string[], rawTerminal: Terminal): Promise<number> {
  const terminal = escapingTerminal(rawTerminal);
  const program = scimProgram(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    // commander has already printed the help, and the errors that it throws. It never throws an
    // `InvalidArgumentError`: that is from a parser that an action has called.
    const isInvalidValue = error instanceof InvalidArgumentError;
    const isPrinted = error instanceof CommanderError && !isInvalidValue;
    if (isPrinted) return error.exitCode === 0 ? EXIT.ok : EXIT.misused;
    terminal.err(`error: ${escapeControls((error as Error).message)}\n`);
    if (isInvalidValue) return EXIT.misused;
    return error instanceof Failure ? error.exitCode : EXIT.failed;
  }
}
