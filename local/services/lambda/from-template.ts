import { appendFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';
import { functionEnvironment } from './environment';
import { LambdaFunction } from './function';

const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string().regex(/^\w+\.\w+$/),
  Runtime: z.string().startsWith('nodejs'),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).optional(),
  Layers: z.undefined('layers are not supported').optional(),
  FileSystemConfigs: z.undefined('file systems are not supported').optional(),
});

export interface FunctionHosting {
  readonly endpoints: Readonly<Record<string, string>>;
  readonly logDirectory: string;
  /** Prints the functions' logs to the terminal too. */
  readonly verbose: boolean;
}

/** The function that the template describes, its bundle taken from the cloud assembly. */
export function lambdaFromTemplate(resource: Resource, hosting: FunctionHosting): LambdaFunction {
  const parsed = FunctionProperties.safeParse(resource.properties);
  if (!parsed.success) {
    throw new UserError(
      `The local host cannot run the function ${resource.logicalId}:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { Code, Handler, MemorySize, Timeout, Environment, LoggingConfig } = parsed.data;
  const codeDirectory = resource.stack.assets.get(Code.S3Key.replace(/\.zip$/, ''));
  if (!codeDirectory || !existsSync(codeDirectory) || !statSync(codeDirectory).isDirectory()) {
    throw new UserError(`The bundle of ${resource.logicalId} (${Code.S3Key}) is not in the cloud assembly.`);
  }
  const [module = '', exportName = ''] = Handler.split('.');
  return new LambdaFunction({
    name: resource.ref,
    arn: resource.attributes.Arn ?? '',
    file: bundleFile(codeDirectory, module),
    exportName,
    memoryMb: MemorySize,
    timeoutMs: Timeout * 1000,
    print: printer(resource.ref, hosting),
    environment: functionEnvironment({
      name: resource.ref,
      handler: Handler,
      memoryMb: MemorySize,
      codeDirectory,
      logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${resource.ref}`,
      own: Environment?.Variables ?? {},
      endpoints: hosting.endpoints,
    }),
  });
}

function bundleFile(directory: string, module: string): string {
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(directory, module + extension))
    .find((path) => existsSync(path));
  if (!file) throw new UserError(`There is no ${module}.mjs or ${module}.js in ${directory}.`);
  return file;
}

function printer(name: string, { logDirectory, verbose }: FunctionHosting): (chunk: string) => void {
  const file = join(logDirectory, `${name}.log`);
  return (chunk) => {
    appendFileSync(file, chunk);
    if (verbose) process.stdout.write(chunk.replace(/^(?=.)/gm, `${name} | `));
  };
}
