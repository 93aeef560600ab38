import { CommanderError } from 'commander';
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
    // commander has already printed the error or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.misused;
    terminal.err(`error: ${escapeControls((error as Error).message)}\n`);
    return error instanceof Failure ? error.exitCode : EXIT.failed;
  }
}
