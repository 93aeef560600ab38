import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import * as z from 'zod';
import { type AwsOperations, type Call, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Context } from '../../cloud/iam/condition-keys';
import type { Permission } from '../../cloud/iam/permission';
import { ACCOUNT, arn } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { JsonFile } from '../../host/json-file';
import { signDigest } from './ecdsa';

/** The only spec of a signing key that the local cloud has, and the only algorithm of its keys. */
const KEY_SPEC = 'ECC_NIST_P256';
const ALGORITHM = 'ECDSA_SHA_256';

const KeyProperties = z.object({
  Enabled: z.boolean().default(true),
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
});
type KeyProperties = z.output<typeof KeyProperties>;

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const KeyInput = z.object({ KeyId: z.string().min(1).max(2048) });
const SignInput = KeyInput.extend({
  Message: base64,
  MessageType: z.enum(['RAW', 'DIGEST']).default('RAW'),
  SigningAlgorithm: z.string(),
});

/** KMS signs at most this many bytes of a message that is not hashed. */
const MAX_MESSAGE_BYTES = 4096;
const DIGEST_BYTES = 32;

interface KmsKey extends KeyProperties {
  readonly arn: string;
  /** Undefined for a key that does not sign. */
  readonly privateKey?: KeyObject;
}

/** The asymmetric keys of the template. A key is generated once, and then stored. */
export class SigningKeys {
  private readonly keys = new Map<string, KmsKey>();

  /** Throws a `UserError` if the template has a signing key of another spec. */
  constructor(resources: readonly Resource[], file: JsonFile<Record<string, string>>) {
    const stored = file.read() ?? {};
    let isComplete = true;
    for (const resource of ofType(resources, 'AWS::KMS::Key')) {
      const properties = readProperties(KeyProperties, resource);
      const { Arn = '' } = resource.attributes;
      const signs = properties.KeyUsage === 'SIGN_VERIFY';
      if (signs && properties.KeySpec !== KEY_SPEC)
        throw new UserError(
          `${resource.logicalId}: The local cloud has no signing keys of ${properties.KeySpec}.`,
        );
      if (signs && stored[Arn] === undefined) {
        stored[Arn] = generatePem();
        isComplete = false;
      }
      const pem = signs ? stored[Arn] : undefined;
      this.keys.set(Arn, { ...properties, arn: Arn, privateKey: pem ? createPrivateKey(pem) : undefined });
    }
    if (!isComplete) file.write(stored);
  }

  operations(): AwsOperations {
    return {
      'TrentService.Sign': {
        permission: ({ input }) => {
          const { SigningAlgorithm = '', MessageType = 'RAW' } = input as Record<string, string | undefined>;
          return this.permission('Sign', input, {
            'kms:MessageType': MessageType,
            'kms:SigningAlgorithm': SigningAlgorithm,
          });
        },
        run: (call) => this.sign(call),
      },
      'TrentService.GetPublicKey': {
        permission: ({ input }) => this.permission('GetPublicKey', input),
        run: (call) => this.publicKey(call),
      },
    };
  }

  private sign({ input }: Call): object {
    const { KeyId, Message, MessageType, SigningAlgorithm } = readInput(SignInput, input);
    const { arn: keyArn, privateKey } = this.enabled(KeyId);
    if (!privateKey)
      throw new ServiceError(
        400,
        'InvalidKeyUsageException',
        `${keyArn} key usage is ENCRYPT_DECRYPT which is not valid for Sign.`,
      );
    if (SigningAlgorithm !== ALGORITHM)
      throw new ServiceError(
        400,
        'InvalidKeyUsageException',
        `Algorithm ${SigningAlgorithm} is incompatible with key spec ${KEY_SPEC}.`,
      );
    return {
      KeyId: keyArn,
      Signature: signDigest(privateKey, digestOf(Message, MessageType)).toString('base64'),
      SigningAlgorithm,
    };
  }

  private publicKey({ input }: Call): object {
    const { arn: keyArn, privateKey } = this.enabled(readInput(KeyInput, input).KeyId);
    if (!privateKey)
      throw new ServiceError(
        400,
        'UnsupportedOperationException',
        `${keyArn} is a symmetric key and has no public key.`,
      );
    const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    return {
      KeyId: keyArn,
      PublicKey: der.toString('base64'),
      KeySpec: KEY_SPEC,
      CustomerMasterKeySpec: KEY_SPEC,
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: [ALGORITHM],
    };
  }

  private permission(operation: string, input: unknown, context: Context = {}): Permission {
    const { KeyId = '' } = input as { KeyId?: string };
    const key = this.find(KeyId);
    const resource = key?.arn ?? (KeyId.startsWith('arn:') ? KeyId : arn('kms', `key/${KeyId}`));
    return {
      action: `kms:${operation}`,
      resource,
      context: {
        'kms:CallerAccount': ACCOUNT,
        ...(key && { 'kms:KeySpec': key.KeySpec, 'kms:KeyUsage': key.KeyUsage }),
        ...context,
      },
    };
  }

  /** Finds a key by its ID or ARN. */
  private find(id: string): KmsKey | undefined {
    return this.keys.get(id) ?? this.keys.get(arn('kms', `key/${id}`));
  }

  private enabled(id: string): KmsKey {
    const key = this.find(id);
    if (!key) throw new ServiceError(400, 'NotFoundException', `Key '${id}' does not exist`);
    if (!key.Enabled) throw new ServiceError(400, 'DisabledException', `${key.arn} is disabled.`);
    return key;
  }
}

function digestOf(message: Buffer, type: 'RAW' | 'DIGEST'): Buffer {
  if (type === 'RAW') {
    if (message.length <= MAX_MESSAGE_BYTES && message.length > 0)
      return createHash('sha256').update(message).digest();
    throw new ServiceError(400, 'ValidationException', 'The message must have 1 to 4096 bytes.');
  }
  if (message.length === DIGEST_BYTES) return message;
  throw new ServiceError(400, 'ValidationException', `Digest is invalid length for algorithm ${ALGORITHM}.`);
}

const generatePem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
