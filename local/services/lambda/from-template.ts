import { appendFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Credentials } from '../../cloud/callers';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { LogsService } from '../logs/service';
import type { Concurrency } from './concurrency';
import { functionEnvironment } from './environment';
import { type FunctionSettings, LambdaFunction } from './function';
import { FunctionUsage } from './function-usage';
import { INIT_TIMEOUT_MS } from './instance';
import { LATEST } from './invocation-target';

const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string().regex(/^\w+\.\w+$/),
  Runtime: z.string().startsWith('nodejs'),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  ReservedConcurrentExecutions: z.number().int().min(0).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).optional(),
  Layers: z.undefined('layers are not supported').optional(),
  FileSystemConfigs: z.undefined('file systems are not supported').optional(),
});

export interface FunctionHosting {
  /** The variables by which the SDK finds the local services. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The credentials of the function's role. */
  readonly credentials: Credentials;
  /** Returns whether the function's role may write to this log group. */
  readonly mayLog: (logGroup: string) => boolean;
  /** Returns the fault of an invocation. */
  readonly takeFault: FunctionSettings['takeFault'];
  readonly logDirectory: string;
  readonly concurrency: Concurrency;
  readonly metrics?: FunctionSettings['metrics'];
  /** Receives each line of the function's log. @default nothing */
  readonly logs?: Pick<LogsService, 'ingest' | 'useFile'>;
  /** Multiplies the timeouts of the function. */
  readonly timeoutFactor: number;
  /** Measures the CPU time and the memory of the functions. */
  readonly measuresUsage?: boolean;
  /** Prints the function's logs to the terminal too. */
  readonly verbose: boolean;
}

/**
 * Returns the function that the template describes, or a published version of it, and reserves its
 * concurrency. Its bundle is in the cloud assembly.
 */
export function lambdaFromTemplate(
  resource: Resource,
  hosting: FunctionHosting,
  version: string = LATEST,
): LambdaFunction {
  const properties = readProperties(FunctionProperties, resource);
  const { Code, Handler, MemorySize, Timeout, Environment, LoggingConfig } = properties;
  const codeDirectory = resource.stack.assets.get(Code.S3Key.replace(/\.zip$/, ''));
  if (!codeDirectory || !existsSync(codeDirectory) || !statSync(codeDirectory).isDirectory()) {
    throw new UserError(`The bundle of ${resource.logicalId} (${Code.S3Key}) is not in the cloud assembly.`);
  }
  const { ReservedConcurrentExecutions: reserved } = properties;
  if (reserved !== undefined) hosting.concurrency.reserve(resource.ref, reserved);
  const [module = '', exportName = ''] = Handler.split('.');
  const logGroup = LoggingConfig?.LogGroup ?? `/aws/lambda/${resource.ref}`;
  const functionArn = resource.attributes.Arn ?? '';
  return new LambdaFunction({
    name: resource.ref,
    arn: version === LATEST ? functionArn : `${functionArn}:${version}`,
    version,
    concurrency: hosting.concurrency,
    metrics: hosting.metrics,
    file: bundleFile(codeDirectory, module),
    exportName,
    takeFault: hosting.takeFault,
    ...(hosting.measuresUsage && { usage: new FunctionUsage() }),
    memoryMb: MemorySize,
    timeoutMs: Timeout * 1000 * hosting.timeoutFactor,
    initTimeoutMs: INIT_TIMEOUT_MS * hosting.timeoutFactor,
    print: printer(resource.ref, logGroup, hosting),
    environment: functionEnvironment({
      name: resource.ref,
      version,
      handler: Handler,
      memoryMb: MemorySize,
      codeDirectory,
      logGroup,
      own: Environment?.Variables ?? {},
      credentials: hosting.credentials,
      endpoints: hosting.endpoints,
    }),
  });
}

function bundleFile(directory: string, module: string): string {
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(directory, module + extension))
    .find((path) => existsSync(path));
  if (!file)
    throw new UserError(`The bundle ${directory} has no ${module}.mjs, ${module}.js or ${module}.cjs.`);
  return file;
}

/** A function whose role may not write logs runs without a log, as in AWS. */
function printer(
  name: string,
  logGroup: string,
  { logDirectory, logs, mayLog, verbose }: FunctionHosting,
): (chunk: string) => void {
  const file = join(logDirectory, `${name}.log`);
  logs?.useFile(logGroup, file);
  let allowed: boolean | undefined;
  let rest = '';
  return (chunk) => {
    allowed ??= mayLog(logGroup);
    if (!allowed) return;
    appendFileSync(file, chunk);
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) logs?.ingest(logGroup, line);
    if (verbose) process.stdout.write(chunk.replace(/^(?=.)/gm, `${name} | `));
  };
}
