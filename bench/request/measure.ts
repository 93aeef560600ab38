import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { listen, readBody, sendJson } from '../../local/host/http';
import { bundleEnvironment, bundlesIn, type Bundle } from '../bundles';
import { REQUESTS, STORED_USER } from './stored-user';
import { median } from '../median';

export interface RequestLoad {
  readonly rounds: number;
  readonly requests: number;
}

/** The CPU time of one request. */
export interface RequestFigures {
  readonly request: string;
  /**
   * Milliseconds of each contender, as the median of the rounds. The floor only sends the calls to DynamoDB.
   */
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** A module with a handler. `arguments` are those of Node. */
interface Contender {
  readonly name: string;
  readonly bundle: Bundle;
  readonly arguments: readonly string[];
}

export const FLOOR = 'calls to DynamoDB alone';
const LOOP = path.join(__dirname, 'loop.mjs');
const FLOOR_FILE = path.join(__dirname, 'floor.ts');
/** V8 has optimized the code after this number of requests. */
const WARM_UPS = 2_000;

/**
 * Measures the CPU time that the function of users needs for a request, in a process of its own. `assemblies`
 * are the synthesized templates by the name of their version. DynamoDB is a server in this process, whose
 * time does not count.
 */
export async function measureRequests(
  assemblies: ReadonlyMap<string, string>,
  { rounds, requests }: RequestLoad,
): Promise<RequestFigures[]> {
  const contenders: Contender[] = [...assemblies].map(([name, assembly]) => {
    const bundle = bundlesIn(assembly).find((each) => each.name === 'users');
    if (!bundle) throw new Error(`${name} has no function users.`);
    return { name, bundle, arguments: [] };
  });
  const floor = { name: 'floor', file: FLOOR_FILE, environment: {} };
  contenders.push({ name: FLOOR, bundle: floor, arguments: ['--import', 'tsx'] });
  const aws = await listen((message, response) => {
    void readBody(message).then(() => sendJson(response, 200, responseTo(message.headers['x-amz-target'])));
  }, 0);
  try {
    const figures: RequestFigures[] = [];
    for (const [request, event] of Object.entries(REQUESTS)) {
      const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
      for (let round = 0; round < rounds; round++)
        for (const each of contenders)
          times.get(each.name)?.push(await runLoop(each, event, requests, aws.url));
      figures.push({
        request,
        cpuMs: Object.fromEntries([...times].map(([name, all]) => [name, median(all)])),
      });
    }
    return figures;
  } finally {
    await aws.close();
  }
}

/** All other reads find nothing, and all writes succeed. */
function responseTo(target: string | string[] | undefined): object {
  if (target === 'secretsmanager.GetSecretValue') return { SecretString: 'bench', CreatedDate: 1 };
  return target === 'DynamoDB_20120810.GetItem' ? { Item: STORED_USER } : {};
}

async function runLoop(
  { name, bundle, arguments: nodeArguments }: Contender,
  event: object,
  requests: number,
  awsUrl: string,
): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...nodeArguments,
      ...[LOOP, pathToFileURL(bundle.file).href, JSON.stringify(event), String(WARM_UPS), String(requests)],
    ],
    { env: { ...bundleEnvironment(bundle, awsUrl), PATH: process.env.PATH } },
  );
  const { cpuMs, wrong } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
    cpuMs: number;
    wrong?: string;
  };
  if (wrong !== undefined) throw new Error(`${name}: ${wrong}`);
  return cpuMs;
}
