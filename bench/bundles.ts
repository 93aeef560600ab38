import path from 'node:path';
import { loadAssembly } from '../local/cloud/template/assembly';
import { ofType } from '../local/cloud/template/resources';
import { resolveResources } from '../local/services/services';

/** The bundle of a function. */
export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Returns the bundles of the functions that the templates deploy. */
export const bundlesIn = (assembly: string): Bundle[] =>
  ofType(resolveResources(loadAssembly(assembly)), 'AWS::Lambda::Function').flatMap(
    ({ stack, properties }) => {
      const { Code, Environment } = properties as {
        Code: { S3Key: string };
        Environment?: { Variables?: Record<string, string> };
      };
      const directory = stack.assets.get(Code.S3Key.replace(/\.zip$/, ''));
      const environment = Environment?.Variables ?? {};
      const name = environment.POWERTOOLS_SERVICE_NAME;
      return directory && name ? [{ name, file: path.join(directory, 'index.mjs'), environment }] : [];
    },
  );

/** Returns the variables of a process that runs a bundle as Lambda does, and finds AWS at `awsUrl`. */
export const bundleEnvironment = (
  { file, environment }: Pick<Bundle, 'file' | 'environment'>,
  awsUrl: string,
): Readonly<Record<string, string>> => ({
  ...environment,
  ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: awsUrl, LAMBDA_TASK_ROOT: path.dirname(file) },
  ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});
