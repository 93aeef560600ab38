import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { terminalText } from './terminal-text';

/** The user and the directory with which commands run. */
export interface Machine {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The ids of a user and its group. Absent for the user of this process. */
  readonly uid?: number;
}

const POLL_MS = 100;
const CTRL_C = '\u0003';

/**
 * A command in a terminal. `script` of util-linux makes the terminal, so that the command shows what it shows
 * to people.
 */
export class TerminalCommand {
  private readonly child: ChildProcess;
  private output = '';
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;

  constructor({ cwd, env, uid }: Machine, command: string) {
    this.child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
      cwd,
      env: { ...env, TERM: 'xterm', SHELL: '/bin/bash' },
      ...(uid !== undefined && { uid, gid: uid }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code) => resolve(code ?? 1));
    });
  }

  /** The text in the terminal. */
  text(): string {
    return terminalText(this.output);
  }

  /** Waits for the end of the command, and returns its text. Throws the text if the command fails. */
  async succeed(): Promise<string> {
    const code = await this.ended;
    if (code !== 0) throw new Error(`The command ended with code ${code}:\n${this.text()}`);
    return this.text();
  }

  /** Waits until the command has printed a text. Throws its output if it ends before. */
  async waitFor(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      const code = await Promise.race([this.ended, sleep(POLL_MS)]);
      if (code !== undefined && !this.output.includes(text))
        throw new Error(`The command ended with code ${code} before it printed "${text}":\n${this.text()}`);
    }
  }

  /** Presses Ctrl-C, and returns the exit code. */
  async interrupt(): Promise<number> {
    if (this.child.exitCode === null) this.child.stdin?.write(CTRL_C);
    return this.ended;
  }
}
