import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import {
  ADMIN_PARAMETER,
  type AdminDeployment,
  DEPLOYMENT_PARAMETER,
  type Deployment,
} from '../../../shared/deployment';
import { newSecret } from '../../../shared/scim-key';
import { fetchSecret } from '../../../shared/secret';
import { adminTokenOf } from '../../../shared/service/admin-token';
import { Failure } from '../failure';

// Loaded only where it is needed: the SDK takes longer to load than most commands take.

export const readDeployment = (): Promise<Deployment> => readParameter<Deployment>(DEPLOYMENT_PARAMETER);

export const readAdminDeployment = (): Promise<AdminDeployment> =>
  readParameter<AdminDeployment>(ADMIN_PARAMETER);

export async function readAdminToken({ adminTokenSecretArn }: AdminDeployment): Promise<string> {
  return adminTokenOf(await told(() => fetchSecret(adminTokenSecretArn)));
}

/** Puts a new token in the place of the one that is there, and gives it. */
export async function rotateAdminToken({ adminTokenSecretArn }: AdminDeployment): Promise<string> {
  const SecretString = newSecret();
  const change = new PutSecretValueCommand({ SecretId: adminTokenSecretArn, SecretString });
  await told(() => new SecretsManagerClient({}).send(change));
  return adminTokenOf(SecretString);
}

function readParameter<T>(Name: string): Promise<T> {
  return told(async () => {
    const client = new SSMClient({});
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return JSON.parse(Parameter?.Value ?? '') as T;
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
      throw new Failure(
        `Nothing is deployed in ${await client.config.region()}: there is no parameter ${Name}. ` +
          'Deploy first, or set AWS_REGION and AWS_PROFILE.',
      );
    }
  });
}

/** What the SDK says has no hint of what a user of the CLI can do. */
async function told<T>(act: () => Promise<T>): Promise<T> {
  // The deployed runtime is newer; which Node the CLI runs on is no concern of its users.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    return await act();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { message } = error as Error;
    throw new Failure(
      `AWS does not say where the deployment is: ${message.replace(/\.$/, '')}. ` +
        'Set AWS_PROFILE and AWS_REGION, or do without AWS: set SCIM_ADMIN_URL and SCIM_ADMIN_TOKEN.',
    );
  }
}
