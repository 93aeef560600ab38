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

it.each<[string[], Record<string, string>, string, string]>([
  [[], {}, 'default', '/scim-provisioning/admin'],
  [['--stage', 'prod'], {}, 'prod', '/scim-provisioning/prod/admin'],
  [[], { SCIM_STAGE: 'trial' }, 'trial', '/scim-provisioning/trial/admin'],
  [['--stage', 'prod'], { SCIM_STAGE: 'trial' }, 'prod', '/scim-provisioning/prod/admin'],
])('a command with %j and %j reports that the stage %s is not deployed', async (flags, env, stage, name) => {
  error = { type: 'ParameterNotFound', message: '' };
  const { code, err } = await scim([...flags, 'domain', 'list'], { env });
  expect(code).toBe(1);
  expect(err).toBe(
    `error: The stage ${stage} is not deployed in eu-north-1: the parameter ${name} does not exist. Name another ` +
      'stage with --stage or SCIM_STAGE, set AWS_REGION and AWS_PROFILE, or deploy first.\n',
  );
});

it('a text that cannot be a stage is refused before any request', async () => {
  const { code, err } = await scim(['--stage', '../admin', 'domain', 'list']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: "\.\.\/admin" cannot be a stage\. A stage has 1 to 20 lowercase letters/);
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
