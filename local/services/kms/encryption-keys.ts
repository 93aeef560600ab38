import * as z from 'zod';
import type { Context } from '../../cloud/iam/condition-keys';
import type { Iam, ServiceCaller } from '../../cloud/iam/iam';
import type { Permission } from '../../cloud/iam/permission';
import { ACCOUNT, REGION } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';

const OwnKey = z.object({ KmsKeyId: z.string().optional() }).transform(({ KmsKeyId }) => KmsKeyId);
const MasterKey = z
  .object({ KmsMasterKeyId: z.string().optional() })
  .transform(({ KmsMasterKeyId }) => KmsMasterKeyId);
const TableKey = z
  .object({ SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional() })
  .transform(({ SSESpecification }) => SSESpecification?.KMSMasterKeyId);
const BucketKey = z
  .object({
    BucketEncryption: z
      .object({
        ServerSideEncryptionConfiguration: z.array(
          z.object({
            ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }).optional(),
          }),
        ),
      })
      .optional(),
  })
  .transform(
    ({ BucketEncryption: encryption }) =>
      encryption?.ServerSideEncryptionConfiguration[0]?.ServerSideEncryptionByDefault?.KMSMasterKeyID,
  );

const BusKey = z
  .object({ KmsKeyIdentifier: z.string().optional() })
  .transform(({ KmsKeyIdentifier }) => KmsKeyIdentifier);

/** The types whose data a key of the template can encrypt, with the place of their key. */
const KEY_OF_TYPE: Readonly<Record<string, z.ZodType<string | undefined>>> = {
  'AWS::DynamoDB::Table': TableKey,
  'AWS::Events::EventBus': BusKey,
  'AWS::Logs::LogGroup': OwnKey,
  'AWS::S3::Bucket': BucketKey,
  'AWS::SecretsManager::Secret': OwnKey,
  'AWS::SNS::Topic': MasterKey,
  'AWS::SQS::Queue': MasterKey,
};

/** The use of encrypted data through a service. */
export interface KeyUse {
  /** The ARN of the encrypted resource. */
  readonly resource: string;
  readonly actions: readonly string[];
  /** The service that calls KMS, such as `sqs`. */
  readonly via: string;
  readonly context?: Context;
}

/**
 * The keys of the template that encrypt its resources. Nothing is encrypted on this machine, but the policies
 * of roles and keys decide who may use the data, as in AWS.
 */
export class EncryptionKeys {
  /** ARN of a resource → ARN of its key. A resource with a key of AWS has none. */
  private readonly keys = new Map<string, string>();

  constructor(resources: readonly Resource[]) {
    const keys = resources.filter(({ type }) => type === 'AWS::KMS::Key');
    for (const resource of resources) {
      const schema = KEY_OF_TYPE[resource.type];
      const id = schema && readProperties(schema, resource);
      const key = keys.find(({ ref, attributes }) => id === ref || id === attributes.Arn);
      if (key?.attributes.Arn) this.keys.set(arnOf(resource), key.attributes.Arn);
    }
  }

  /** Returns the ARN of the key of a resource; undefined if a key of AWS encrypts it. */
  keyOf(resource: string): string | undefined {
    return this.keys.get(resource);
  }

  /** Returns the permissions for the key that a caller needs, besides those for the resource. */
  permissionsFor({ resource, actions, via, context }: KeyUse): Permission[] {
    const key = this.keyOf(resource);
    if (key === undefined) return [];
    return actions.map((action) => ({
      action,
      resource: key,
      context: {
        'kms:ViaService': `${via}.${REGION}.amazonaws.com`,
        'kms:CallerAccount': ACCOUNT,
        ...context,
      },
    }));
  }

  /** Returns whether the policy of the key lets a service use the data without a role. */
  allowService(iam: Pick<Iam, 'allowsService'>, source: ServiceCaller, use: KeyUse): boolean {
    return this.permissionsFor(use).every((permission) => iam.allowsService(source, permission));
  }
}

/** The encryption of a template without keys. */
export const NO_KEYS = new EncryptionKeys([]);

const arnOf = ({ ref, attributes }: Resource): string => attributes.Arn ?? ref;
