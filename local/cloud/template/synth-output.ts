import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Receives how many bundles have begun, and about how many there are. */
export type OnBundle = (begun: number, total: number) => void;

/** Each file of `lambdas` is a function, and the portal is one bundle more. */
const countBundles = (root: string): number =>
  readdirSync(join(root, 'lambdas')).filter((name) => name.endsWith('.ts')).length + 1;

/** Counts the bundles in what `cdk synth` prints, and keeps its other lines. */
export class SynthOutput {
  private readonly others: string[] = [];
  private readonly total: number;
  private begun = 0;

  constructor(
    root: string,
    private readonly onBundle: OnBundle,
  ) {
    this.total = countBundles(root);
  }

  /** Reads both outputs of CDK. */
  read({ stdout, stderr }: ChildProcess): void {
    for (const input of [stdout, stderr])
      if (input) createInterface({ input }).on('line', (line) => this.add(line));
  }

  add(line: string): void {
    // CDK prints such a line before it bundles a function or the portal.
    if (!line.startsWith('Bundling asset ')) return void this.others.push(line);
    this.begun += 1;
    this.onBundle(this.begun, Math.max(this.begun, this.total));
  }

  /** The lines that are not about bundles. */
  get text(): string {
    return this.others.join('\n').trim();
  }
}
