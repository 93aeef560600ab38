import { REGION } from './template/identity';

export interface EndpointUrls {
  readonly dynamoDb: string;
  readonly ses: string;
  /** Of Secrets Manager, SSM, SQS and API Gateway's control plane. */
  readonly control: string;
}

/** The variables by which the SDK's clients find the local services. */
export function endpointVariables({ dynamoDb, ses, control }: EndpointUrls): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_SES: ses,
    AWS_ENDPOINT_URL_SESV2: ses,
    AWS_ENDPOINT_URL_SQS: control,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: control,
    AWS_ENDPOINT_URL_SSM: control,
    AWS_ENDPOINT_URL_API_GATEWAY: control,
  };
}

/** What a process outside the Lambdas sets beside the endpoints to use the SDK against them. */
export const CLIENT_VARIABLES: Readonly<Record<string, string>> = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'LOCALHOST',
  AWS_SECRET_ACCESS_KEY: 'local',
};
