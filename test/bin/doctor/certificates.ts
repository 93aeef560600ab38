import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const HOUR_MS = 3_600_000;

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
}

export interface CertificateOptions {
  /** The DNS name of the server. */
  readonly host: string;
  /** Hours from now. A negative number makes an expired certificate. */
  readonly expiresInHours: number;
}

/** Creates a certificate authority for a test. `certificate` issues X.509 certificates (RFC 5280 §4.1). */
export function authority(): {
  readonly cert: string;
  certificate(options: CertificateOptions): Certificate;
} {
  const name = 'Test authority';
  const pair = createKeyPair();
  const signer = { name, key: pair.privateKey };
  const expiresAt = new Date(Date.now() + 24 * HOUR_MS);
  return {
    cert: signCertificate(
      { name, publicKey: pair.publicKey, expiresAt, extensions: [BASIC_CONSTRAINTS_CA] },
      signer,
    ),
    certificate({ host, expiresInHours }) {
      const { publicKey, privateKey } = createKeyPair();
      const expiresAt = new Date(Date.now() + expiresInHours * HOUR_MS);
      const cert = signCertificate(
        { name: host, publicKey, expiresAt, extensions: [subjectAltName(host)] },
        signer,
      );
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

const createKeyPair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

// DER encodes a value as a tag, a length and the content.
const [INTEGER, BIT_STRING, OCTET_STRING, UTF8, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x0c, 0x30, 0x31];
const [BOOLEAN, OBJECT_ID, GENERALIZED_TIME, DNS_NAME, EXPLICIT_0, EXPLICIT_3] = [
  1, 6, 0x18, 0x82, 0xa0, 0xa3,
];

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const ECDSA_WITH_SHA256 = der(SEQUENCE, der(OBJECT_ID, bytes('2a8648ce3d040302')));
const extension = (id: string, value: Buffer): Buffer =>
  der(SEQUENCE, der(OBJECT_ID, bytes(id)), der(OCTET_STRING, value));
const BASIC_CONSTRAINTS_CA = extension('551d13', der(SEQUENCE, der(BOOLEAN, bytes('ff'))));
const subjectAltName = (host: string): Buffer =>
  extension('551d11', der(SEQUENCE, der(DNS_NAME, Buffer.from(host))));
const commonName = (name: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, bytes('550403')), der(UTF8, Buffer.from(name)))));
const time = (at: Date): Buffer =>
  der(GENERALIZED_TIME, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly expiresAt: Date;
  readonly extensions: readonly Buffer[];
}

let serial = 1;

function signCertificate({ name, publicKey, expiresAt, extensions }: Subject, signer: Signer): string {
  const content = der(
    SEQUENCE,
    der(EXPLICIT_0, der(INTEGER, bytes('02'))),
    der(INTEGER, Buffer.from([serial++])),
    ECDSA_WITH_SHA256,
    commonName(signer.name),
    der(SEQUENCE, time(new Date(expiresAt.getTime() - 1_000 * HOUR_MS)), time(expiresAt)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXPLICIT_3, der(SEQUENCE, ...extensions)),
  );
  const signature = createSign('sha256').update(content).sign(signer.key);
  const whole = der(SEQUENCE, content, ECDSA_WITH_SHA256, der(BIT_STRING, bytes('00'), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
