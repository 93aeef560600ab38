import { main } from '../../../bin/cli/main';
import type { Terminal } from '../../../bin/cli/terminal';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings extends Partial<
  Pick<Terminal, 'env' | 'status' | 'width' | 'now' | 'onInterrupt' | 'readInput' | 'readFile'>
> {
  /** Answers to the prompts, in order. Without it, standard input is not a terminal. */
  readonly answers?: readonly (string | undefined)[];
}

/** Runs a command line in this process. */
export async function scim(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { answers, ...terminal } = surroundings;
  const remainingAnswers = [...(answers ?? [])];
  let [out, err] = ['', ''];
  const code = await main(args, {
    out: (text) => (out += text),
    outFile: (text) => (out += text),
    err: (text) => (err += text),
    ask: answers && ((question) => ((err += question), Promise.resolve(remainingAnswers.shift()))),
    readInput: () => Promise.resolve(''),
    readFile: (path) => Promise.reject(new Error(`There is no ${path}.`)),
    env: {},
    now: () => new Date(),
    onInterrupt: () => () => undefined,
    ...terminal,
  });
  return { code, out, err };
}
