import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import { Callers } from '../../../../local/cloud/callers';
import { JsonFile } from '../../../../local/host/json-file';
import { SigningKeys } from '../../../../local/services/kms/signing-keys';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';

const ROLE = 'arn:aws:iam::000000000000:role/App-Role';
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const DELEGATES = {
  Effect: 'Allow',
  Action: 'kms:*',
  Principal: { AWS: 'arn:aws:iam::000000000000:root' },
  Resource: '*',
};
const key = (properties: object = {}, policy: object = DELEGATES) => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    KeyPolicy: document(policy),
    ...properties,
  },
});
const allow = (Action: string, logicalId: string, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: { 'Fn::GetAtt': [logicalId, 'Arn'] },
  ...(Condition && { Condition }),
});
const RESOURCES = resolved({
  Signing: key(),
  Other: key(),
  Disabled: key({ Enabled: false }),
  Closed: key({}, { ...DELEGATES, Principal: { Service: 'sns.amazonaws.com' } }),
  Symmetric: key({ KeySpec: undefined, KeyUsage: undefined }),
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [
        {
          PolicyName: 'Own',
          PolicyDocument: document(
            allow('kms:Sign', 'Signing', {
              StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:MessageType': 'DIGEST' },
            }),
            allow('kms:Sign', 'Closed'),
            allow('kms:GetPublicKey', 'Other'),
          ),
        },
      ],
    },
  },
});
const arnOf = (logicalId: string) =>
  RESOURCES.find((resource) => resource.logicalId === logicalId)?.attributes.Arn ?? '';
const MESSAGE = Buffer.from('a message');
const DIGEST = createHash('sha256').update(MESSAGE).digest();

let directory: string;
let endpoint: TestEndpoint;
/** The settings of a client with the role. */
let asRole: TestEndpoint['client'];

const open = () => new SigningKeys(RESOURCES, new JsonFile(path.join(directory, 'keys')));
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'keys-'));
  const [callers, iam] = [new Callers(), iamOf(RESOURCES)];
  const credentials = callers.register('fn', iam.roleOf('fn', ROLE));
  endpoint = await openEndpoint(open().operations(), { callers, iam });
  asRole = { ...endpoint.client, credentials: { ...credentials, secretAccessKey: 'local' } };
});
afterAll(async () => {
  await endpoint.close();
  rmSync(directory, { recursive: true });
});

const sign = (input: Partial<SignCommandInput> = {}, settings = endpoint.client) =>
  new KMSClient({ ...settings, maxAttempts: 1 }).send(
    new SignCommand({
      KeyId: arnOf('Signing'),
      Message: DIGEST,
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
      ...input,
    }),
  );
const publicKeyOf = async (KeyId: string, settings = endpoint.client) => {
  const command = new GetPublicKeyCommand({ KeyId });
  const { PublicKey } = await new KMSClient({ ...settings, maxAttempts: 1 }).send(command);
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
};

describe('a signing key', () => {
  it.each([
    ['a digest', { Message: DIGEST, MessageType: 'DIGEST' }],
    ['a message', { Message: MESSAGE, MessageType: 'RAW' }],
    ['a message without a type', { Message: MESSAGE, MessageType: undefined }],
  ] as const)('signs %s, and its public key verifies the signature', async (_, input) => {
    const publicKey = await publicKeyOf(arnOf('Signing'));
    // The numbers of a signature have a random length, so one signature is not enough.
    for (let round = 0; round < 20; round++) {
      const { Signature } = await sign(input);
      expect(verify('sha256', MESSAGE, publicKey, Signature ?? Buffer.of())).toBe(true);
    }
  });

  it('is found by its ID too, and is the same after a restart', async () => {
    const id = arnOf('Signing').split('/')[1] ?? '';
    const before = await publicKeyOf(arnOf('Signing'));
    const restarted = await openEndpoint(open().operations());
    const after = await publicKeyOf(id, restarted.client);
    await restarted.close();
    expect(after.equals(before)).toBe(true);
    expect((await publicKeyOf(arnOf('Other'))).equals(before)).toBe(false);
  });

  it('is announced by its spec, its use, and its algorithm', async () => {
    const response = await new KMSClient(endpoint.client).send(
      new GetPublicKeyCommand({ KeyId: arnOf('Signing') }),
    );
    expect(response).toMatchObject({
      KeyId: arnOf('Signing'),
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    });
  });
});

describe('KMS refuses', () => {
  it.each([
    ['a key that does not exist', { KeyId: 'unknown' }, 'NotFoundException'],
    ['a disabled key', { KeyId: arnOf('Disabled') }, 'DisabledException'],
    ['a key that does not sign', { KeyId: arnOf('Symmetric') }, 'InvalidKeyUsageException'],
    ['another algorithm', { SigningAlgorithm: 'ECDSA_SHA_384' }, 'InvalidKeyUsageException'],
    ['a digest of another length', { Message: MESSAGE }, 'ValidationException'],
    ['a long message', { Message: Buffer.alloc(4097), MessageType: 'RAW' }, 'ValidationException'],
  ] as const)('%s', async (_, input, name) => {
    await expect(sign(input)).rejects.toMatchObject({ name });
  });

  it('the public key of a key that has none', async () => {
    await expect(publicKeyOf(arnOf('Symmetric'))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    await expect(publicKeyOf(arnOf('Disabled'))).rejects.toMatchObject({ name: 'DisabledException' });
  });

  it('a template with a signing key of another spec', () => {
    const resources = resolved({ Rsa: key({ KeySpec: 'RSA_2048' }) });
    expect(() => new SigningKeys(resources, new JsonFile(path.join(directory, 'rsa')))).toThrow(
      'Rsa: The local cloud has no signing keys of RSA_2048.',
    );
  });
});

describe('a role', () => {
  it('signs with a key that its policy and the policy of the key allow', async () => {
    await expect(sign({}, asRole)).resolves.toHaveProperty('Signature');
    await expect(publicKeyOf(arnOf('Other'), asRole)).resolves.toBeDefined();
  });

  it.each([
    ['its policy does not name the key', { KeyId: arnOf('Other') }, 'identity'],
    ['its policy allows another type of message', { Message: MESSAGE, MessageType: 'RAW' }, 'identity'],
    ['its policy allows another algorithm', { SigningAlgorithm: 'ECDSA_SHA_384' }, 'identity'],
    ['the key does not leave the decision to the account', { KeyId: arnOf('Closed') }, 'resource'],
    ['the key does not exist', { KeyId: 'unknown' }, 'identity'],
  ] as const)('is refused if %s', async (_, input, missing) => {
    await expect(sign(input, asRole)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        new RegExp(`/fn is not authorized to perform: kms:Sign on .* because no ${missing}-based policy`),
      ) as string,
    });
  });

  it('needs a permission of its own for the public key', async () => {
    await expect(publicKeyOf(arnOf('Signing'), asRole)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
