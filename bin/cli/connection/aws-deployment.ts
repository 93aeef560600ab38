import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import {
  adminParameter,
  type AdminDeployment,
  deploymentParameter,
  type Deployment,
} from '../../../shared/deployment';
import { newSecret } from '../../../shared/scim-key';
import { fetchSecret } from '../../../shared/store/secrets/secret';
import { toAdminToken } from '../../../shared/service/credentials/admin-token';
import { Failure } from '../failure';

// This module is imported only when needed: loading the SDK takes longer than most commands.

export const readDeployment = (stage: string): Promise<Deployment> =>
  readParameter<Deployment>(deploymentParameter(stage), stage);

export const readAdminDeployment = (stage: string): Promise<AdminDeployment> =>
  readParameter<AdminDeployment>(adminParameter(stage), stage);

export async function readAdminToken({ adminTokenSecretArn }: AdminDeployment): Promise<string> {
  return toAdminToken(await withSetupHint(() => fetchSecret(adminTokenSecretArn)));
}

/** Replaces the admin token with a new one and returns the new token. */
export async function rotateAdminToken({ adminTokenSecretArn }: AdminDeployment): Promise<string> {
  const SecretString = newSecret();
  const change = new PutSecretValueCommand({ SecretId: adminTokenSecretArn, SecretString });
  await withSetupHint(() => new SecretsManagerClient({}).send(change));
  return toAdminToken(SecretString);
}

function readParameter<T>(Name: string, stage: string): Promise<T> {
  return withSetupHint(async () => {
    const client = new SSMClient({});
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return JSON.parse(Parameter?.Value ?? '') as T;
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
      throw new Failure(
        `The stage ${stage} is not deployed in ${await client.config.region()}: the parameter ${Name} does not exist. ` +
          'Name another stage with --stage or SCIM_STAGE, set AWS_REGION and AWS_PROFILE, or deploy first.',
      );
    }
  });
}

/** Replaces an error of the SDK by a `Failure` that says what the user of the CLI can do. */
async function withSetupHint<T>(act: () => Promise<T>): Promise<T> {
  // The SDK's warning about the Node version does not concern users of the CLI.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    return await act();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { message } = error as Error;
    throw new Failure(
      `The deployment cannot be found on AWS: ${message.replace(/\.$/, '')}. ` +
        'Set AWS_PROFILE and AWS_REGION. To work without AWS, set SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN.',
    );
  }
}
