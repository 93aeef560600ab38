import { type ChildProcess, spawn } from 'node:child_process';

/** The user, the Node, and the directory with which commands run. */
export interface Machine {
  /** The executable of Node. */
  readonly node: string;
  /** The file of npm's command line. */
  readonly npm: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The ids of a user and its group. Absent for the user of this process. */
  readonly uid?: number;
}

/** The output of a command, with what it said on both streams. */
export interface CommandRun {
  readonly output: () => string;
  readonly seconds: () => number;
  readonly child: ChildProcess;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
}

/** Starts npm with arguments. The whole process group ends with `stop`. */
export function startNpm({ node, npm, cwd, env, uid }: Machine, args: readonly string[]): CommandRun {
  const startedAt = Date.now();
  const child = spawn(node, [npm, ...args], {
    cwd,
    env,
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let endedAt: number | undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      endedAt = Date.now();
      resolve(code ?? 1);
    });
  });
  return {
    output: () => output,
    seconds: () => ((endedAt ?? Date.now()) - startedAt) / 1_000,
    child,
    ended,
  };
}

/** Ends a command as Ctrl-C does, and waits for its end. */
export async function stop({ child, ended }: CommandRun): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  await ended;
}

/** Waits until a command has printed a text. Throws its output if it ends before. */
export async function waitForOutput(run: CommandRun, text: string): Promise<void> {
  let hasEnded = false;
  void run.ended.then(
    () => (hasEnded = true),
    () => (hasEnded = true),
  );
  while (!run.output().includes(text)) {
    if (hasEnded) throw new Error(`The command ended before it printed "${text}":\n${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
