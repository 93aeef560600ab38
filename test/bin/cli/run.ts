import { main } from '../../../bin/cli/main';
import type { Terminal } from '../../../bin/cli/terminal';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings extends Partial<Pick<Terminal, 'env' | 'width' | 'now' | 'onInterrupt'>> {
  /** What somebody at the keyboard answers, one after the other; without it, nobody is there. */
  readonly answers?: readonly (string | undefined)[];
}

/** Runs a command line in this process. */
export async function scim(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { answers, ...given } = surroundings;
  const left = [...(answers ?? [])];
  let [out, err] = ['', ''];
  const code = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    ask: answers && ((question) => ((err += question), Promise.resolve(left.shift()))),
    env: {},
    now: () => new Date(),
    onInterrupt: () => () => undefined,
    ...given,
  });
  return { code, out, err };
}
