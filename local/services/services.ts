import { resourceTypesOf, type Service } from '../cloud/service';
import type { Stack } from '../cloud/template/assembly';
import { type Resource, resolveStacks } from '../cloud/template/resources';
import { ApiGatewayService } from './api-gateway/service';
import { CloudFrontService } from './cloudfront/service';
import { CloudWatchService } from './cloudwatch/service';
import { CognitoService } from './cognito/service';
import { DynamoDbService } from './dynamodb/service';
import { EventSourceMappingService } from './event-source-mappings/service';
import { EventsService } from './events/service';
import { IamService } from './iam/service';
import { IGNORED_TYPES } from './ignored-types';
import { KmsService } from './kms/service';
import { LambdaService } from './lambda/service';
import { LogsService } from './logs/service';
import { S3Service } from './s3/service';
import { SecretsManagerService } from './secrets-manager/service';
import { SesService } from './ses/service';
import { SnsService } from './sns/service';
import { SqsService } from './sqs/service';
import { SsmService } from './ssm/service';

/**
 * All services of the local cloud, in the order in which they start. A service receives the services that it
 * uses, so these are above it. The last two invoke functions by themselves, when everything else runs.
 */
export class Services {
  readonly iam = new IamService();
  readonly kms = new KmsService();
  readonly logs = new LogsService(this.kms);
  readonly secretsManager = new SecretsManagerService(this.kms);
  readonly ssm = new SsmService();
  readonly dynamoDb = new DynamoDbService(this.kms);
  readonly sqs = new SqsService(this.kms);
  readonly cognito = new CognitoService();
  readonly lambda = new LambdaService(this.sqs, this.dynamoDb, this.kms, this.logs);
  readonly sns = new SnsService(this.lambda, this.sqs, this.kms);
  readonly ses = new SesService(this.sns);
  readonly apiGateway = new ApiGatewayService(this.lambda, this.logs);
  readonly s3 = new S3Service();
  readonly cloudFront = new CloudFrontService(this.apiGateway, this.kms);
  readonly cloudWatch = new CloudWatchService([this.sqs, this.ses, this.lambda]);
  readonly events = new EventsService(this.lambda, this.kms);
  readonly eventSourceMappings = new EventSourceMappingService(this.dynamoDb, this.lambda, this.sqs);

  list(): Service[] {
    return Object.values(this) as Service[];
  }
}

/**
 * Returns the resources that the services run. Throws a `UserError` that lists the ones that no service can
 * run.
 */
export function resolveResources(stacks: readonly Stack[]): Resource[] {
  return resolveStacks(stacks, resourceTypesOf(new Services().list()), IGNORED_TYPES);
}
