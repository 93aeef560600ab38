import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import {
  adminParameter,
  type AdminDeployment,
  deploymentParameter,
  type Deployment,
  secretsParameter,
  type SecretsDeployment,
} from '../../../shared/deployment';
import { fetchSecret } from '../../../shared/store/secrets/secret';
import { toAdminToken } from '../../../shared/service/credentials/admin-token';
import { Failure } from '../failure';
import type { EmailPause, RestoredContent, RestoredFeatures } from './restored-table';

// This module is imported only when needed: loading the SDK takes longer than most commands.

/** The text of a secret, and the time on the clock of AWS. Times are in milliseconds since the epoch. */
export interface SecretText {
  readonly text: string;
  readonly storedAt: number;
  readonly now: number;
}

export const readDeployment = (stage: string): Promise<Deployment> =>
  readParameter<Deployment>(deploymentParameter(stage), stage);

export const readAdminDeployment = (stage: string): Promise<AdminDeployment> =>
  readParameter<AdminDeployment>(adminParameter(stage), stage);

/** Reads the ARNs of the secrets. Fails if functions of version 0.1.0 may be running. */
export async function readSecretsDeployment(stage: string): Promise<SecretsDeployment> {
  await readAdminDeployment(stage);
  return readParameter<SecretsDeployment>(
    secretsParameter(stage),
    stage,
    'The functions of this stage cannot read a secret with several versions: its deployment is not complete, or it is of ' +
      'an earlier version. Deploy the stage, and try again.',
  );
}

export async function readAdminToken({ adminTokenSecretArn }: AdminDeployment): Promise<string> {
  return toAdminToken(await withSetupHint(() => fetchSecret(adminTokenSecretArn)));
}

/** Reads a secret. The clock of this machine may be wrong, so the time is that of the response. */
export async function readSecret(SecretId: string): Promise<SecretText> {
  return withSetupHint(async () => {
    const client = new SecretsManagerClient({});
    let date: string | undefined;
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        date = (result.response as { headers?: Readonly<Record<string, string>> }).headers?.date;
        return result;
      },
      { step: 'deserialize', name: 'readDate' },
    );
    const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId }));
    const now = Date.parse(date ?? '');
    if (Number.isNaN(now)) throw new Error('Secrets Manager sent no date.');
    return { text: SecretString, storedAt: CreatedDate?.getTime() ?? 0, now };
  });
}

/** Returns whether a secret was ever replaced. */
export async function hasFormerText(SecretId: string): Promise<boolean> {
  const read = new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' });
  return withSetupHint(async () => {
    try {
      await new SecretsManagerClient({}).send(read);
      return true;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return false;
      throw error;
    }
  });
}

/** Stores another text of a secret. */
export async function writeSecret(SecretId: string, SecretString: string): Promise<void> {
  const change = new PutSecretValueCommand({ SecretId, SecretString });
  await withSetupHint(() => new SecretsManagerClient({}).send(change));
}

/**
 * Prepares a table that DynamoDB has restored for its use by a stage. Without `withContent`, its items are
 * left as they are, because the stage uses it.
 */
export async function prepareRestoredTable(
  name: string,
  {
    withContent,
    pause,
    now,
  }: { readonly withContent: boolean; readonly pause?: EmailPause; readonly now: Date },
): Promise<{ readonly content?: RestoredContent; readonly features: RestoredFeatures }> {
  const { RestoredTable } = await import('./restored-table');
  const table = new RestoredTable(name);
  try {
    const content = withContent ? await table.prepareContent(pause, now) : undefined;
    return { content, features: await table.turnOnFeatures() };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      `The table ${name} cannot be prepared: ${(error as Error).message} Run the command again.`,
    );
  }
}

function readParameter<T>(Name: string, stage: string, otherwise?: string): Promise<T> {
  return withSetupHint(async () => {
    const client = new SSMClient({});
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return JSON.parse(Parameter?.Value ?? '') as T;
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
      throw new Failure(
        otherwise ??
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
