import { resolved } from '../../resources';
import { sendWith, SesFrontRig } from './front-rig';

let rig: SesFrontRig;
beforeEach(async () => (rig = await SesFrontRig.start()));
afterEach(() => rig.close());

describe('a function', () => {
  /** Sends as a function whose role has one statement. */
  async function sendAs(statement: object, to = 'jane@example.org'): Promise<unknown> {
    const document = (own: object) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...own } });
    rig.iam.load(
      resolved({
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: document({
              Action: 'sts:AssumeRole',
              Principal: { Service: 'lambda.amazonaws.com' },
            }),
            Policies: [{ PolicyName: 'Own', PolicyDocument: document(statement) }],
          },
        },
      }),
    );
    const role = rig.iam.roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role');
    const credentials = { secretAccessKey: 'local', ...rig.callers.register('fn', role) };
    return sendWith(rig.client({ credentials }), to);
  }

  const ARN = 'arn:aws:ses:us-east-1:000000000000';
  const GRANT = {
    Action: 'ses:SendEmail',
    Resource: [`${ARN}:identity/*`, `${ARN}:configuration-set/license-mail`],
    Condition: { StringEquals: { 'ses:FromAddress': 'licenses@example.com' } },
  };
  const denied = (resource: string) => ({
    name: 'AccessDenied',
    message:
      "User `arn:aws:sts::000000000000:assumed-role/App-Role/fn' is not authorized to perform `ses:SendEmail' " +
      `on resource \`${ARN}:${resource}'`,
    $metadata: expect.objectContaining({ httpStatusCode: 403 }) as object,
  });

  it('may send what its role allows', async () => {
    expect(await sendAs(GRANT)).toMatchObject({ MessageId: 'ses-1' });
  });

  it.each([
    ['the identity', { Resource: `${ARN}:configuration-set/*` }, 'identity/example.com'],
    ['the configuration set', { Resource: `${ARN}:identity/*` }, 'configuration-set/license-mail'],
    [
      'the sender',
      { Condition: { StringEquals: { 'ses:FromAddress': 'other@example.com' } } },
      'identity/example.com',
    ],
  ])('needs a permission for %s', async (_, own, resource) => {
    await expect(sendAs({ ...GRANT, ...own })).rejects.toMatchObject(denied(resource));
    expect(rig.forwarded).toEqual([]);
  });

  it('needs a permission for the identity of the recipient in the sandbox', async () => {
    rig.account.set({ sandbox: true });
    rig.account.verify('jane@example.org');
    const narrow = [`${ARN}:identity/example.com`, `${ARN}:configuration-set/*`];
    await expect(sendAs({ ...GRANT, Resource: narrow })).rejects.toMatchObject(
      denied('identity/jane@example.org'),
    );
    expect(await sendAs(GRANT)).toMatchObject({ MessageId: 'ses-1' });
  });
});
