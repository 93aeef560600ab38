import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Callers } from '../../../../local/cloud/callers';
import { type Call, Reply } from '../../../../local/cloud/endpoint/operation';
import { ServiceError } from '../../../../local/cloud/endpoint/service-error';
import { openEndpoint, type TestEndpoint } from './endpoint';

const callers = new Callers();
let calls: Call[];
let endpoint: TestEndpoint;

beforeAll(async () => {
  endpoint = await openEndpoint(
    {
      'AmazonSSM.GetParameter': (call) => {
        calls.push(call);
        return { Parameter: { Name: 'given' } };
      },
      'POST things/*/parts/*': ({ parameters, input }) => new Reply(201, { parameters, input }),
      'GET _local/hello': () => ({ hello: 'world' }),
      'GET _local/broken': () => {
        throw new ServiceError(409, 'ConflictException', 'It exists already.');
      },
    },
    callers,
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
  const credentials = { accessKeyId: callers.register('App-Users'), secretAccessKey: 'local' };
  const client = new SSMClient({ ...endpoint.client, credentials });
  await client.send(new GetParameterCommand({ Name: '/a' }));
  expect(calls).toMatchObject([{ caller: { name: 'App-Users' } }]);
});

it('finds an operation of a REST protocol by method and path, and decodes the wildcards', async () => {
  const response = await fetch(`${endpoint.url}/things/a%2Fb/parts/2`, { method: 'POST', body: '{"c":1}' });
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
  expect((await fetch(`${endpoint.url}/restapis`)).status).toBe(501);
  const unknown = await fetch(endpoint.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.DeleteSecret' },
    body: '{}',
  });
  expect(await unknown.json()).toMatchObject({ __type: 'UnknownOperationException' });
});
