import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Teardown } from '../local/host/teardown';
import { LOCAL_STAGE } from '../shared/stage';
import { synthesize } from '../local/cloud/template/synth';
import { loadAssembly } from '../local/cloud/template/assembly';

/** The size and the import time of a bundle. */
export interface ColdStart {
  readonly name: string;
  readonly kilobytes: number;
  /** Median of the runs, minus the median of an empty module. */
  readonly milliseconds: number;
}

const IMPORT_TIMER_SCRIPT = `
  const from = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - from));
  process.exit(0);
`;

/** Imports each bundle as Lambda does in a cold start: in a new process, with the environment of Lambda. */
export async function measureColdStarts(runs: number): Promise<ColdStart[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'scim-cold-start-'));
  const teardown = new Teardown();
  try {
    const assembly = path.join(directory, 'cdk.out');
    await synthesize(path.join(__dirname, '..'), assembly, { stage: LOCAL_STAGE }, teardown);
    const empty = path.join(directory, 'empty.mjs');
    writeFileSync(empty, 'export const handler = () => {};\n');
    const base = medianImportTime(empty, runs);
    return listBundles(assembly).map(({ name, file }) => ({
      name,
      kilobytes: Math.round(statSync(file).size / 1000),
      milliseconds: medianImportTime(file, runs) - base,
    }));
  } finally {
    await teardown.run();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Lists the bundles of the functions that the templates deploy, with the names of their services. */
function listBundles(assembly: string): { name: string; file: string }[] {
  return loadAssembly(assembly).flatMap(({ template, assets }) =>
    Object.values(template.Resources).flatMap(({ Type, Properties }) => {
      const { Code, Environment } = Properties as {
        Code?: { S3Key?: unknown };
        Environment?: { Variables?: { POWERTOOLS_SERVICE_NAME?: string } };
      };
      const key = Code?.S3Key;
      const directory = typeof key === 'string' && assets.get(key.replace(/\.zip$/, ''));
      const name = Environment?.Variables?.POWERTOOLS_SERVICE_NAME;
      return Type === 'AWS::Lambda::Function' && directory && name
        ? [{ name, file: path.join(directory, 'index.mjs') }]
        : [];
    }),
  );
}

/** Returns the median import time of `runs` runs, in milliseconds. */
function medianImportTime(file: string, runs: number): number {
  const times = Array.from({ length: runs }, () =>
    Number(
      execFileSync(
        process.execPath,
        ['--input-type=module', '--eval', IMPORT_TIMER_SCRIPT, pathToFileURL(file).href],
        {
          env: { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
          encoding: 'utf8',
        },
      ),
    ),
  ).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? NaN;
}
