import type { Credentials } from '../../cloud/callers';
import { REGION } from '../../cloud/template/account';

export interface EnvironmentSettings {
  readonly name: string;
  /** `$LATEST`, or the number of a published version. */
  readonly version: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly codeDirectory: string;
  readonly logGroup: string;
  /** The variables that the template sets. */
  readonly own: Readonly<Record<string, string>>;
  /** The credentials of the function's role. */
  readonly credentials: Credentials;
  /** The variables by which the SDK finds the local services. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** Returns the whole `process.env` of a function. It contains nothing of the host's environment. */
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
    AWS_LAMBDA_FUNCTION_VERSION: settings.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: settings.codeDirectory,
    _HANDLER: settings.handler,
    // The warning would be about the Node that runs the host, not about the runtime that the template names.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...settings.own,
    AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: settings.credentials.sessionToken,
    ...settings.endpoints,
  };
}
