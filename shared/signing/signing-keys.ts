import { createHash } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { requestTimeouts } from '../request-timeouts';
import { retry } from '../retry/retry';
import { isTransientError } from '../retry/transient-error';
import { ScimError } from '../scim/error';
import { toJwsSignature } from './der-signature';
import { type PublicKey, readPublicKey } from './public-key';

/** With the three seconds of retries, a request ends before the timeout of the function, which is 10 s. */
const TIMEOUT_MS = 2_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * The keys of KMS that sign for the service. The first one signs, and all are published, so that a key is
 * known before it signs, and as long as its signatures are valid. Throws a `ScimError` if KMS is busy or
 * fails.
 */
export class SigningKeys {
  private readonly known = new Map<string, Promise<PublicKey>>();

  constructor(
    private readonly arns: readonly [signing: string, ...others: string[]],
    private readonly client = openClient(),
  ) {}

  /**
   * Returns the public keys, the signing one first. A key is read once in the lifetime of the process. Of the
   * other keys, those that the operator has disabled or deleted are left out.
   */
  async publicKeys(): Promise<PublicKey[]> {
    const [signing, ...others] = this.arns;
    const published = others.map((arn) => this.publicKey(arn).catch(undefinedIfWithdrawn));
    const keys = await Promise.all([this.publicKey(signing), ...published]);
    return keys.filter((key) => key !== undefined);
  }

  /** Returns a JWS in compact form (RFC 7515), signed with the first key. */
  async signJwt(type: string, claims: Readonly<Record<string, unknown>>): Promise<string> {
    const [arn] = this.arns;
    const { alg, kid } = await this.publicKey(arn);
    const content = `${encode({ alg, typ: type, kid })}.${encode(claims)}`;
    const { Signature } = await this.send(() =>
      this.client.send(
        new SignCommand({
          KeyId: arn,
          // KMS signs messages of up to 4,096 bytes only, but digests of any message.
          Message: createHash('sha256').update(content).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      ),
    );
    if (!Signature) throw new Error('KMS returned no signature.');
    return `${content}.${toJwsSignature(Signature).toString('base64url')}`;
  }

  private publicKey(arn: string): Promise<PublicKey> {
    let key = this.known.get(arn);
    if (!key) {
      key = this.readKey(arn);
      key.catch(() => this.known.delete(arn));
      this.known.set(arn, key);
    }
    return key;
  }

  private async readKey(arn: string): Promise<PublicKey> {
    const { PublicKey } = await this.send(() => this.client.send(new GetPublicKeyCommand({ KeyId: arn })));
    if (!PublicKey) throw new Error('KMS returned no public key.');
    return readPublicKey(PublicKey);
  }

  private async send<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await retry(request);
    } catch (error) {
      if (!isTransientError(error)) throw error;
      throw ScimError.unavailable(
        'The signing key is busy. Send the same request again.',
        RETRY_AFTER_SECONDS,
      );
    }
  }
}

const openClient = (): KMSClient =>
  new KMSClient({
    // `retry` repeats requests.
    maxAttempts: 1,
    requestHandler: requestTimeouts(TIMEOUT_MS),
  });

/** The errors of KMS for a key that the operator has disabled or deleted. */
const WITHDRAWN: ReadonlySet<string> = new Set([
  'DisabledException',
  'KMSInvalidStateException',
  'NotFoundException',
]);

function undefinedIfWithdrawn(error: unknown): undefined {
  if (error instanceof Error && WITHDRAWN.has(error.name)) return undefined;
  throw error;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
