import { Callers } from '../../../local/cloud/callers';

const signedBy = (accessKeyId: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

describe('Callers', () => {
  it('recognizes a function by the access key id in its environment', () => {
    const callers = new Callers();
    const [users, groups] = ['App-Users', 'App-Groups'].map((name) => callers.register(name));
    expect(users).toMatch(/^ASIA[A-F0-9]{16}$/);
    expect(users).not.toBe(groups);
    expect(callers.of(signedBy(users ?? ''))).toEqual({ name: 'App-Users' });
  });

  it.each([undefined, '', 'Bearer a', signedBy('LOCALHOST')])('attributes %j to the host', (header) => {
    expect(new Callers().of(header)).toEqual({ name: 'host' });
  });
});
