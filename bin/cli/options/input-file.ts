import { Failure } from '../failure';
import type { Terminal } from '../terminal';

/** Reads the file that an argument names; `-` is standard input. */
export async function readInputFile(terminal: Terminal, file: string): Promise<string> {
  if (file === '-') return terminal.readInput();
  try {
    return await terminal.readFile(file);
  } catch (error) {
    throw Failure.misused(`${file} cannot be read: ${(error as Error).message}`);
  }
}
