import { LAMBDA_NODE } from '../support/system/lambda-node';
import { resourcesOf, synthesize } from './synthesize';

it('every function is deployed on the version of Node on which npm run test:lambda-node tests the bundles', () => {
  const runtimes = Object.values(synthesize())
    .flatMap((template) => Object.values(resourcesOf(template, 'AWS::Lambda::Function')))
    .filter(({ Properties }) => JSON.stringify(Properties).includes('POWERTOOLS_SERVICE_NAME'))
    .map(({ Properties }) => Properties.Runtime);
  expect(runtimes.length).toBeGreaterThan(15);
  expect(new Set(runtimes)).toEqual(new Set([`nodejs${LAMBDA_NODE.version.split('.')[0]}.x`]));
});
