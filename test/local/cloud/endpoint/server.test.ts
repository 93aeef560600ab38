import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Callers } from '../../../../local/cloud/callers';
import { type Call, Reply } from '../../../../local/cloud/endpoint/operation';
import { ServiceError } from '../../../../local/cloud/endpoint/service-error';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';
import { openEndpoint, type TestEndpoint } from './endpoint';

const PARAMETER = 'arn:aws:ssm:us-east-1:000000000000:parameter';
const resources = resolved({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: allow({
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [
        {
          PolicyName: 'Own',
          PolicyDocument: allow({ Action: 'ssm:GetParameter', Resource: `${PARAMETER}/a` }),
        },
      ],
    },
  },
});
const iam = iamOf(resources);
const callers = new Callers();
const role = iam.roleOf('App-Users', 'arn:aws:iam::000000000000:role/App-Role');
const { accessKeyId, sessionToken } = callers.register('App-Users', role);
const FUNCTION = { accessKeyId, secretAccessKey: 'local', sessionToken };

let calls: Call[];
let endpoint: TestEndpoint;

function allow(statement: object): object {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } };
}

beforeAll(async () => {
  endpoint = await openEndpoint(
    {
      'AmazonSSM.GetParameter': {
        permission: ({ input }) => ({
          action: 'ssm:GetParameter',
          resource: PARAMETER + (input as { Name: string }).Name,
        }),
        run: (call) => {
          calls.push(call);
          return { Parameter: { Name: 'given' } };
        },
      },
      'POST things/*/parts/*': {
        permission: () => ({ action: 'things:Post', resource: '*' }),
        run: ({ parameters, input }) => new Reply(201, { parameters, input }),
      },
    },
    {
      callers,
      iam,
      local: {
        'GET _local/hello': () => ({ hello: 'world' }),
        'GET _local/broken': () => {
          throw new ServiceError(409, 'ConflictException', 'It exists already.');
        },
      },
    },
  );
});
afterAll(() => endpoint.close());
beforeEach(() => (calls = []));

it('finds an operation of a JSON protocol by its target, and passes the input', async () => {
  const { Parameter } = await new SSMClient(endpoint.client).send(new GetParameterCommand({ Name: '/a' }));
  expect(Parameter).toEqual({ Name: 'given' });
  expect(calls).toMatchObject([{ input: { Name: '/a' }, caller: { name: 'host' } }]);
});

it('recognizes the function that sends a request', async () => {
  const client = new SSMClient({ ...endpoint.client, credentials: FUNCTION });
  await client.send(new GetParameterCommand({ Name: '/a' }));
  expect(calls).toMatchObject([{ caller: { name: 'App-Users' } }]);
});

it('finds an operation of a REST protocol by method and path, and decodes the wildcards', async () => {
  const response = await post('/things/a%2Fb/parts/2', signedBy('LOCALHOST'), '{"c":1}');
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ parameters: ['a/b', '2'], input: { c: 1 } });
});

it('returns the errors of an operation in the form that the SDK reads', async () => {
  const response = await fetch(`${endpoint.url}/_local/broken`);
  expect(response.status).toBe(409);
  expect(response.headers.get('x-amzn-errortype')).toBe('ConflictException');
  expect(await response.json()).toEqual({ __type: 'ConflictException', message: 'It exists already.' });
});

it('serves local operations, and refuses web pages', async () => {
  const local = `${endpoint.url}/_local/hello`;
  expect(await (await fetch(local)).json()).toEqual({ hello: 'world' });
  expect((await fetch(`${endpoint.url}/_local/other`)).status).toBe(404);
  expect((await fetch(local, { headers: { origin: 'http://evil.example.com' } })).status).toBe(403);
});

it('refuses operations that it does not emulate', async () => {
  expect((await post('/restapis', signedBy('LOCALHOST'))).status).toBe(501);
  const headers = { ...signedBy('LOCALHOST'), 'x-amz-target': 'secretsmanager.DeleteSecret' };
  expect(await (await post('/', headers)).json()).toMatchObject({ __type: 'UnknownOperationException' });
});

it('refuses what the role of a function does not allow, with the text of AWS', async () => {
  const client = new SSMClient({ ...endpoint.client, credentials: FUNCTION });
  await expect(client.send(new GetParameterCommand({ Name: '/b' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/App-Role/App-Users is not authorized to perform: ' +
      `ssm:GetParameter on resource: ${PARAMETER}/b because no identity-based policy allows the ssm:GetParameter action`,
    $metadata: { httpStatusCode: 400 },
  });
  expect(calls).toEqual([]);
  const headers = { ...signedBy(accessKeyId), 'x-amz-security-token': sessionToken };
  expect((await post('/things/a/parts/2', headers)).status).toBe(403);
});

it.each([
  ['no credentials', {}, 'MissingAuthenticationTokenException'],
  ['unknown credentials', signedBy('AKIA0123456789ABCDEF'), 'UnrecognizedClientException'],
  ['a missing session token', signedBy(accessKeyId), 'UnrecognizedClientException'],
])('refuses %s', async (_, headers, type) => {
  const response = await post('/things/a/parts/2', headers);
  expect(response.status).toBe(403);
  expect(response.headers.get('x-amzn-errortype')).toBe(type);
});

function signedBy(accessKey: string): Record<string, string> {
  return { authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/us-east-1/ssm/aws4_request` };
}

const post = (path: string, headers: Record<string, string>, body = '{}') =>
  fetch(endpoint.url + path, { method: 'POST', headers, body });
