import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { Parameters } from '../../../../local/services/ssm/parameters';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { resolved } from '../../resources';

const RESOURCES = resolved({
  Parameter: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/app/parameter', Type: 'String', Value: 'value' },
  },
});

describe('SSM Parameter Store, called by the SDK', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => (endpoint = await openEndpoint(new Parameters(RESOURCES).operations())));
  afterAll(() => endpoint.close());

  it('returns the parameters of the template', async () => {
    const ssm = new SSMClient(endpoint.client);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/app/parameter' }));
    expect(Parameter).toMatchObject({ Name: '/app/parameter', Type: 'String', Value: 'value' });
    await expect(ssm.send(new GetParameterCommand({ Name: '/other' }))).rejects.toThrow(ParameterNotFound);
  });
});
