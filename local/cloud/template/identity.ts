import { createHash } from 'node:crypto';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
export const PARTITION = 'aws';
export const URL_SUFFIX = 'amazonaws.com';

export const arn = (service: string, resource: string) =>
  `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** What identifies a resource: the same in each run, so that state fits after a restart. */
export interface Identity {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Naming {
  readonly stack: string;
  readonly logicalId: string;
  /** The evaluated property, or undefined. */
  property(name: string): unknown;
}

const generatedName = ({ stack, logicalId }: Naming) => `${stack}-${logicalId}`;
const name = (property: string, naming: Naming) =>
  (naming.property(property) as string | undefined) ?? generatedName(naming);
const shortId = (naming: Naming, length = 10) =>
  BigInt(`0x${createHash('sha256').update(generatedName(naming)).digest('hex')}`)
    .toString(36)
    .slice(0, length);
const byIdAttribute = (naming: Naming): Identity => ({
  ref: shortId(naming),
  attributes: { Id: shortId(naming) },
});
const byId = (naming: Naming): Identity => ({ ref: shortId(naming), attributes: {} });

/** The resource types that the host runs. */
export const RUN: Readonly<Record<string, (naming: Naming) => Identity>> = {
  'AWS::DynamoDB::Table': (naming) => {
    const table = name('TableName', naming);
    const tableArn = arn('dynamodb', `table/${table}`);
    return { ref: table, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
  'AWS::Lambda::Function': (naming) => {
    const fn = name('FunctionName', naming);
    return { ref: fn, attributes: { Arn: arn('lambda', `function:${fn}`) } };
  },
  'AWS::Lambda::EventInvokeConfig': byId,
  'AWS::Lambda::EventSourceMapping': byId,
  'AWS::ApiGateway::RestApi': (naming) => {
    const id = shortId(naming);
    return { ref: id, attributes: { RootResourceId: `${id}root`, RestApiId: id } };
  },
  'AWS::ApiGateway::Resource': byId,
  'AWS::ApiGateway::Method': byId,
  'AWS::ApiGateway::Authorizer': (naming) => ({
    ref: shortId(naming),
    attributes: { AuthorizerId: shortId(naming) },
  }),
  'AWS::ApiGateway::GatewayResponse': byId,
  'AWS::ApiGateway::Deployment': (naming) => ({
    ref: shortId(naming),
    attributes: { DeploymentId: shortId(naming) },
  }),
  'AWS::ApiGateway::Stage': (naming) => ({ ref: name('StageName', naming), attributes: {} }),
  'AWS::ApiGateway::ApiKey': (naming) => ({
    ref: shortId(naming),
    attributes: { APIKeyId: shortId(naming) },
  }),
  'AWS::ApiGateway::UsagePlanKey': byId,
  'AWS::ApiGateway::UsagePlan': (naming) => ({ ref: shortId(naming), attributes: { Id: shortId(naming) } }),
  'AWS::CloudFront::Distribution': (naming) => {
    const id = `E${shortId(naming, 13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: `d${shortId(naming, 13)}.cloudfront.net` } };
  },
  'AWS::CloudFront::Function': (naming) => {
    const fn = name('Name', naming);
    return { ref: fn, attributes: { FunctionARN: arn('cloudfront', `function/${fn}`) } };
  },
  'AWS::CloudFront::OriginAccessControl': byIdAttribute,
  'AWS::CloudFront::ResponseHeadersPolicy': byIdAttribute,
  'AWS::Cognito::UserPool': (naming) => {
    const id = `${REGION}_${shortId(naming, 9)}`;
    const provider = `cognito-idp.${REGION}.${URL_SUFFIX}/${id}`;
    const attributes = { Arn: arn('cognito-idp', `userpool/${id}`), UserPoolId: id };
    return {
      ref: id,
      attributes: { ...attributes, ProviderName: provider, ProviderURL: `https://${provider}` },
    };
  },
  'AWS::Cognito::UserPoolClient': (naming) => {
    const id = shortId(naming, 26);
    return { ref: id, attributes: { ClientId: id } };
  },
  'AWS::Cognito::UserPoolDomain': (naming) => ({ ref: String(naming.property('Domain')), attributes: {} }),
  'AWS::Events::Rule': (naming) => {
    const rule = name('Name', naming);
    return { ref: rule, attributes: { Arn: arn('events', `rule/${rule}`) } };
  },
  'AWS::SecretsManager::Secret': (naming) => {
    const secretArn = arn('secretsmanager', `secret:${name('Name', naming)}-${shortId(naming, 6)}`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::SSM::Parameter': (naming) => ({
    ref: name('Name', naming),
    attributes: { Type: String(naming.property('Type')), Value: String(naming.property('Value')) },
  }),
  'AWS::SES::ConfigurationSetEventDestination': byId,
  'AWS::S3::Bucket': (naming) => {
    // A bucket's name is of the whole world, and in lower case.
    const bucket = name('BucketName', naming).toLowerCase();
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:${PARTITION}:s3:::${bucket}`,
        RegionalDomainName: `${bucket}.s3.${REGION}.${URL_SUFFIX}`,
      },
    };
  },
  'Custom::CDKBucketDeployment': byId,
  'AWS::SNS::Subscription': byId,
  'AWS::SNS::Topic': (naming) => {
    const topic = name('TopicName', naming);
    const topicArn = arn('sns', topic);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: topic } };
  },
  'AWS::SQS::Queue': (naming) => {
    const queue = name('QueueName', naming);
    const url = `https://sqs.${REGION}.${URL_SUFFIX}/${ACCOUNT}/${queue}`;
    return { ref: url, attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: url } };
  },
};

/** The resource types that the host leaves out on purpose, each with what is lost by that. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'no access or execution logs',
  'AWS::ApiGateway::BasePathMapping': 'no custom domain',
  'AWS::ApiGateway::BasePathMappingV2': 'no custom domain',
  'AWS::ApiGateway::DomainName': 'no custom domain',
  'AWS::CDK::Metadata': 'nothing',
  'AWS::CloudWatch::Alarm': 'no alarms',
  'AWS::CloudWatch::CompositeAlarm': 'no alarms',
  'AWS::CloudWatch::Dashboard': 'no dashboards',
  'AWS::Cognito::UserPoolGroup': 'roles are given to the accounts of the local issuer',
  'AWS::IAM::ManagedPolicy': 'everything is allowed',
  'AWS::IAM::Policy': 'everything is allowed',
  'AWS::IAM::Role': 'everything is allowed',
  'AWS::KMS::Alias': 'nothing is encrypted',
  'AWS::KMS::Key': 'nothing is encrypted',
  'AWS::Lambda::LayerVersion': "CDK's own functions are not run",
  'AWS::Lambda::Permission': 'every service may invoke every function',
  'AWS::Logs::LogGroup': 'logs are files',
  'AWS::Logs::MetricFilter': 'no metrics',
  'AWS::Logs::QueryDefinition': 'logs are files',
  'AWS::Route53::RecordSet': 'no custom domain',
  'AWS::SES::ConfigurationSet': 'mails go to the local viewer',
  'AWS::SES::EmailIdentity': 'every sender is verified',
  'AWS::S3::BucketPolicy': 'every distribution may read every bucket',
  'AWS::SNS::TopicPolicy': 'every service may publish to every topic',
  'AWS::SQS::QueuePolicy': 'every service may use every queue',
  'AWS::SecretsManager::ResourcePolicy': 'everything is allowed',
};

/** A left-out resource may still be named by one that runs: as its name, or as the start of an ARN. */
export function identityOfLeftOut(type: string, naming: Naming): Identity {
  const [, service = ''] = type.toLowerCase().split('::');
  const explicit = ['Name', 'RoleName', 'LogGroupName', 'EmailIdentity', 'DomainName', 'AlarmName']
    .map((property) => naming.property(property))
    .find((value) => typeof value === 'string');
  const ref = explicit ?? generatedName(naming);
  return { ref, attributes: { Arn: arn(service, ref) } };
}
