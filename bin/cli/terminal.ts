import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { text as readText } from 'node:stream/consumers';
import { escapeControls } from '../../shared/scim/text';

/** The environment of a command: output, questions to the user, environment variables and clock. */
export interface Terminal {
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /**
   * Writes the content of a file to standard output. It is unchanged unless standard output is a terminal.
   */
  readonly outFile: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Shows a text in place of the last line of the screen. Undefined if standard error is not a terminal. */
  readonly status?: (text: string) => void;
  /** The width of the screen in characters; undefined if standard output is not a terminal. */
  readonly width?: number;
  /**
   * Asks the user a question. Resolves to undefined if the user closes the input. Undefined if standard input
   * is not a terminal.
   */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Reads standard input until it ends. */
  readonly readInput: () => Promise<string>;
  /** Reads a file. */
  readonly readFile: (path: string) => Promise<string>;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly now: () => Date;
  /**
   * Calls `stop` at the first Ctrl-C instead of ending the process. Returns a function that restores the
   * default.
   */
  readonly onInterrupt: (stop: () => void) => () => void;
}

/**
 * Returns a terminal that escapes control characters in everything that is written, except line breaks. Names
 * and error texts come from clients. JSON remains valid. Files that are not written to the screen stay as
 * they are.
 */
export function escapingTerminal(terminal: Terminal): Terminal {
  const escaped = (text: string): string => text.split('\n').map(escapeControls).join('\n');
  const { out, outFile, err, width, status, ask } = terminal;
  return {
    ...terminal,
    out: (text) => out(escaped(text)),
    outFile: (text) => outFile(width === undefined ? text : escaped(text)),
    err: (text) => err(escaped(text)),
    status: status && ((text) => status(escapeControls(text))),
    ask: ask && ((question) => ask(escaped(question))),
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Returns the terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    outFile: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    // Erases the line before the text.
    status: stderr.isTTY ? (text) => void stderr.write(`\r\x1b[2K${text}`) : undefined,
    width: stdout.isTTY ? stdout.columns : undefined,
    ask: stdin.isTTY ? ask : undefined,
    readInput: () => readText(stdin),
    readFile: (path) => readFile(path, 'utf8'),
    env,
    now: () => new Date(),
    onInterrupt: (stop) => {
      for (const signal of SIGNALS) process.once(signal, stop);
      return () => SIGNALS.forEach((signal) => process.off(signal, stop));
    },
  };
}

/** Asks on standard error, so that standard output can be piped. */
function ask(question: string): Promise<string | undefined> {
  const dialog = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    dialog.once('close', () => resolve(undefined));
    dialog
      .question(question)
      .then(resolve, reject)
      .finally(() => dialog.close());
  });
}
