import { createInterface } from 'node:readline/promises';

/** What a command has around it: where it writes, whom it may ask, and what the environment and the clock say. */
export interface Terminal {
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Columns of the screen; undefined where standard output is none. */
  readonly width?: number;
  /** Undefined where nobody is there to answer; its answer is undefined where the question was broken off. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly now: () => Date;
  /** Calls `stop` at the first Ctrl-C, which does not end the process then; gives what takes that back. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    width: stdout.isTTY ? stdout.columns : undefined,
    ask: stdin.isTTY ? ask : undefined,
    env,
    now: () => new Date(),
    onInterrupt: (stop) => {
      for (const signal of SIGNALS) process.once(signal, stop);
      return () => SIGNALS.forEach((signal) => process.off(signal, stop));
    },
  };
}

/** Asks on standard error, so that what is printed can still be piped. */
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
