import { type Listening, listen, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

const before = { ...process.env };
let answer: { type: string; message: string };
let store: Listening;

beforeAll(async () => {
  store = await listen((_, response) => {
    response.setHeader('x-amzn-errortype', answer.type);
    sendJson(response, 400, { __type: answer.type, message: answer.message }, 'application/x-amz-json-1.1');
  }, 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SSM: store.url,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(async () => {
  await store.close();
  process.env = before;
});

it('a region where nothing is deployed is said so', async () => {
  answer = { type: 'ParameterNotFound', message: '' };
  const { code, err } = await scim(['domain', 'list']);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: Nothing is deployed in eu-north-1: .* Deploy first, or set AWS_REGION and AWS_PROFILE\.\n$/,
  );
});

it('credentials that are not enough are said so, with the way around AWS', async () => {
  answer = {
    type: 'AccessDeniedException',
    message: 'User: test is not authorized to perform: ssm:GetParameter.',
  };
  const { code, err } = await scim(['doctor']);
  expect(code).toBe(1);
  expect(err).toMatch(
    /not authorized to perform: ssm:GetParameter\. Set AWS_PROFILE .*SCIM_ADMIN_TOKEN\.\n$/,
  );
});
