import { createHash } from 'node:crypto';
import { REGION } from '../../cloud/template/identity';

export interface EnvironmentSettings {
  readonly name: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly codeDirectory: string;
  readonly logGroup: string;
  /** What the template sets. */
  readonly own: Readonly<Record<string, string>>;
  /** `AWS_ENDPOINT_URL_…` → URL. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** An access key id of a function's own, so that a service can tell who calls. Letters and digits alone: DynamoDB Local checks. */
export function accessKeyId(functionName: string): string {
  return `ASIA${createHash('sha256').update(functionName).digest('hex').slice(0, 16).toUpperCase()}`;
}

/** All that a function sees in `process.env`: nothing of the host's own. */
export function functionEnvironment(settings: EnvironmentSettings): Record<string, string> {
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: settings.codeDirectory,
    _HANDLER: settings.handler,
    // Said of the Node that runs the host, not of the runtime that the template names.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...settings.own,
    AWS_ACCESS_KEY_ID: accessKeyId(settings.name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    ...settings.endpoints,
  };
}
