import { KMSClient } from '@aws-sdk/client-kms';
import { SigningKeys as LocalKeys } from '../../../local/services/kms/signing-keys';
import { SigningKeys } from '../../../shared/signing/signing-keys';
import { openEndpoint } from '../../local/cloud/endpoint/endpoint';
import { resolved } from '../../local/resources';

const signingKey = (properties: object = {}) => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: '*' }, Resource: '*' },
    },
    ...properties,
  },
});

const RESOURCES = resolved({
  First: signingKey(),
  Second: signingKey(),
  Third: signingKey(),
  Disabled: signingKey({ Enabled: false }),
});
type KeyName = 'First' | 'Second' | 'Third' | 'Disabled';
const arnOf = (name: KeyName): string =>
  RESOURCES.find(({ logicalId }) => logicalId === name)?.attributes.Arn ?? '';

/** Runs the KMS of the local cloud with some signing keys. */
export async function openSigningEndpoint() {
  let stored: Record<string, string> | undefined;
  const file = {
    path: '',
    read: () => stored,
    write: (keys: Record<string, string>) => void (stored = keys),
  };
  const endpoint = await openEndpoint(new LocalKeys(RESOURCES, file).operations());
  const client = new KMSClient({ ...endpoint.client, maxAttempts: 1 });
  return {
    close: endpoint.close,
    client,
    /** Returns the keys as a function has them. The first one signs. */
    keys: (signing: KeyName, ...others: KeyName[]) =>
      new SigningKeys([arnOf(signing), ...others.map(arnOf)], client),
  };
}

export type SigningEndpoint = Awaited<ReturnType<typeof openSigningEndpoint>>;
