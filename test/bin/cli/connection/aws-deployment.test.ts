import { type Listening, listen, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

const before = { ...process.env };
let error: { type: string; message: string };
let parameterStore: Listening;

beforeAll(async () => {
  parameterStore = await listen((_, response) => {
    response.setHeader('x-amzn-errortype', error.type);
    sendJson(response, 400, { __type: error.type, message: error.message }, 'application/x-amz-json-1.1');
  }, 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SSM: parameterStore.url,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(async () => {
  await parameterStore.close();
  process.env = before;
});

it('a command reports that nothing is deployed in the region', async () => {
  error = { type: 'ParameterNotFound', message: '' };
  const { code, err } = await scim(['domain', 'list']);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: Nothing is deployed in eu-north-1: .* Deploy first, or set AWS_REGION and AWS_PROFILE\.\n$/,
  );
});

it('a command reports insufficient credentials, and how to work without AWS', async () => {
  error = {
    type: 'AccessDeniedException',
    message: 'User: test is not authorized to perform: ssm:GetParameter.',
  };
  const { code, err } = await scim(['doctor']);
  expect(code).toBe(1);
  expect(err).toMatch(
    /not authorized to perform: ssm:GetParameter\. Set AWS_PROFILE .*SCIM_ADMIN_TOKEN\.\n$/,
  );
});
