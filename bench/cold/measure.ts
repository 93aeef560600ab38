import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { listen, readBody, sendJson } from '../../local/host/http';
import { Teardown } from '../../local/host/processes/teardown';
import { LOCAL_STAGE } from '../../shared/stage';
import { synthesize } from '../../local/cloud/template/synth';
import { bundleEnvironment, bundlesIn, type Bundle } from '../bundles';
import { firstEvent } from './events';
import { median } from '../median';

/** The size of a bundle, and the times of a cold start above those of an empty handler. */
export interface ColdStart {
  readonly name: string;
  readonly kilobytes: number;
  /** The medians of the runs. The first response includes the import. */
  readonly imported: Duration;
  readonly responded: Duration;
  /** The status or the error of the first response. */
  readonly outcome: string;
}

/** Milliseconds of the clock, and of the processor, which other work on the machine hardly affects. */
interface Duration {
  readonly ms: number;
  readonly cpuMs: number;
}

type Run = Pick<ColdStart, 'imported' | 'responded' | 'outcome'>;

const RUNNER = path.join(__dirname, 'first-response.mjs');
const EMPTY: Bundle = { name: 'an empty handler', file: '', environment: {} };

/**
 * Starts each bundle in new processes with its variables, as Lambda does, and sends it one event. AWS is a
 * server on this machine that finds nothing. The bundles take turns, so that other work affects all of them.
 */
export async function measureColdStarts(runs: number, wanted: readonly string[]): Promise<ColdStart[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'scim-cold-'));
  const teardown = new Teardown();
  try {
    const assembly = path.join(directory, 'cdk.out');
    await synthesize(path.join(__dirname, '../..'), assembly, { stage: LOCAL_STAGE }, teardown);
    const aws = await listen((message, response) => {
      void readBody(message).then(() => {
        const isSecret = message.headers['x-amz-target'] === 'secretsmanager.GetSecretValue';
        sendJson(response, 200, isSecret ? { SecretString: 'bench', CreatedDate: 1 } : {});
      });
    }, 0);
    teardown.add('AWS', () => aws.close());
    const empty = { ...EMPTY, file: path.join(directory, 'empty.mjs') };
    writeFileSync(empty.file, 'export const handler = () => ({ statusCode: 200 });\n');
    const bundles = bundlesIn(assembly).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
    const times = new Map<Bundle, Run[]>([empty, ...bundles].map((bundle) => [bundle, []]));
    for (let run = 0; run < runs; run++)
      for (const [bundle, all] of times) all.push(await startOnce(bundle, aws.url));
    const base = summary(times.get(empty) ?? []);
    return bundles.map((bundle) => {
      const { imported, responded, outcome } = summary(times.get(bundle) ?? []);
      return {
        name: bundle.name,
        kilobytes: Math.round(statSync(bundle.file).size / 1_000),
        imported: difference(imported, base.imported),
        responded: difference(responded, base.responded),
        outcome,
      };
    });
  } finally {
    await teardown.run();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startOnce({ name, file, environment }: Bundle, awsUrl: string): Promise<Run> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [RUNNER, pathToFileURL(file).href, JSON.stringify(firstEvent(name))],
    {
      cwd: path.dirname(file),
      env: bundleEnvironment({ file, environment }, awsUrl),
    },
  );
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Run;
}

const summary = (runs: readonly Run[]): Run => ({
  imported: medianOf(runs.map(({ imported }) => imported)),
  responded: medianOf(runs.map(({ responded }) => responded)),
  outcome: runs[0]?.outcome ?? '',
});

const medianOf = (durations: readonly Duration[]): Duration => ({
  ms: median(durations.map(({ ms }) => ms)),
  cpuMs: median(durations.map(({ cpuMs }) => cpuMs)),
});

const difference = (one: Duration, other: Duration): Duration => ({
  ms: one.ms - other.ms,
  cpuMs: one.cpuMs - other.cpuMs,
});
