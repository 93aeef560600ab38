import { Callers } from '../../../local/cloud/callers';

const signedBy = (accessKeyId: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

describe('Callers', () => {
  it('recognizes a function by the credentials in its environment', () => {
    const callers = new Callers();
    const users = callers.register('App-Users');
    const groups = callers.register('App-Groups');
    expect(users.accessKeyId).toMatch(/^ASIA[A-F0-9]{16}$/);
    expect(users).not.toEqual(groups);
    const headers = {
      authorization: signedBy(users.accessKeyId),
      'x-amz-security-token': users.sessionToken,
    };
    expect(callers.of(headers)).toMatchObject({ name: 'App-Users' });
  });

  it('does not recognize a function without its session token', () => {
    const callers = new Callers();
    const { accessKeyId } = callers.register('App-Users');
    const authorization = signedBy(accessKeyId);
    expect(callers.of({ authorization })).toBeUndefined();
    expect(callers.of({ authorization, 'x-amz-security-token': 'other' })).toBeUndefined();
  });

  it('recognizes the instance by the end of the session token', () => {
    const callers = new Callers();
    const { accessKeyId, sessionToken } = callers.register('App-Users');
    const headers = { authorization: signedBy(accessKeyId), 'x-amz-security-token': `${sessionToken}.7` };
    expect(callers.of(headers)).toMatchObject({ name: 'App-Users', instance: '7' });
  });

  it('recognizes the administrator of this machine, and nobody else', () => {
    expect(new Callers().of({ authorization: signedBy('LOCALHOST') })).toEqual({ name: 'host' });
    for (const authorization of [undefined, '', 'Bearer a', signedBy('AKIA0123456789ABCDEF')])
      expect(new Callers().of({ authorization })).toBeUndefined();
  });
});
