import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Concurrency } from '../../../../../local/services/lambda/concurrency';
import { ExecutionRoles } from '../../../../../local/services/lambda/execution-roles';
import { type FunctionHosting, lambdaFromTemplate } from '../../../../../local/services/lambda/from-template';
import { Functions } from '../../../../../local/services/lambda/functions';
import { qualifiedFromTemplate } from '../../../../../local/services/lambda/versions/versions';
import { makeTemporaryDirectory } from '../../../../support/jest/temporary-directories';
import { iamOf } from '../../../iam';
import { resolved, resource, stackWith } from '../../../resources';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:App-Fn';
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/Rule';
const EVENTS = 'events.amazonaws.com';

const FN = { Type: 'AWS::Lambda::Function', Properties: {} };
const PUBLISHED = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } };
const alias = (own: object = {}) => ({
  Type: 'AWS::Lambda::Alias',
  Properties: {
    FunctionName: { Ref: 'Fn' },
    FunctionVersion: { 'Fn::GetAtt': ['Published', 'Version'] },
    Name: 'live',
    ...own,
  },
});

const qualified = (resources: Record<string, object>) => qualifiedFromTemplate(resolved(resources));

describe('versions and aliases of the template', () => {
  it('have the number of the version that runs', () => {
    expect(qualified({ Fn: FN, Published: PUBLISHED, Live: alias() })).toEqual([
      { functionName: 'App-Fn', qualifier: '1', version: '1' },
      { functionName: 'App-Fn', qualifier: 'live', version: '1' },
    ]);
  });

  it('can name the function by its ARN', () => {
    const FunctionName = { 'Fn::GetAtt': ['Fn', 'Arn'] };
    const [, live] = qualified({ Fn: FN, Published: PUBLISHED, Live: alias({ FunctionName }) });
    expect(live).toEqual({ functionName: 'App-Fn', qualifier: 'live', version: '1' });
  });

  it.each([
    ['a version that does not exist', { FunctionVersion: '2' }, `Function not found: ${ARN}:2`],
    ['a number as the name', { Name: '7' }, 'not only digits'],
    ['a second version', { RoutingConfig: {} }, 'a second version is not supported'],
    [
      'provisioned concurrency',
      { ProvisionedConcurrencyConfig: {} },
      'provisioned concurrency is not supported',
    ],
  ])('refuse %s', (_, own, message) => {
    expect(() => qualified({ Fn: FN, Published: PUBLISHED, Live: alias(own) })).toThrow(message);
  });

  it('refuse an alias that exists twice, and a second version of the same code', () => {
    expect(() => qualified({ Fn: FN, Published: PUBLISHED, One: alias(), Two: alias() })).toThrow(
      `The template defines ${ARN}:live twice.`,
    );
    expect(() => qualified({ Fn: FN, Published: PUBLISHED, Again: PUBLISHED })).toThrow('twice');
  });
});

describe('a function with a version and an alias', () => {
  const directory = makeTemporaryDirectory(tmpdir());
  const bundle = path.join(directory, 'bundle');
  mkdirSync(bundle);
  writeFileSync(
    path.join(bundle, 'index.mjs'),
    `let invocations = 0;
     export const handler = (_, { functionVersion, invokedFunctionArn }) =>
       ({ functionVersion, invokedFunctionArn, variable: process.env.AWS_LAMBDA_FUNCTION_VERSION, count: ++invocations });`,
  );
  const properties = { Code: { S3Key: 'b.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' };
  const fn = resource('AWS::Lambda::Function', 'App-Fn', properties, { Arn: ARN }, stackWith({ b: bundle }));
  const hosting = {
    ...{ endpoints: {}, credentials: {}, mayLog: () => true, logDirectory: directory },
    ...{ concurrency: new Concurrency(1_000), timeoutFactor: 20, verbose: false },
  } as unknown as FunctionHosting;
  const functions = new Functions();
  for (const version of ['$LATEST', '1']) functions.add(lambdaFromTemplate(fn, hosting, version));
  functions.addAlias('App-Fn', 'live', '1');
  afterAll(() => Promise.all(functions.all().map((lambda) => lambda.stop())));

  it.each([
    ['the name', 'App-Fn', '$LATEST', ARN],
    ['the ARN', ARN, '$LATEST', ARN],
    ['the ARN of the latest code', `${ARN}:$LATEST`, '$LATEST', ARN],
    ['the version', `${ARN}:1`, '1', `${ARN}:1`],
    ['the alias', `${ARN}:live`, '1', `${ARN}:live`],
    ['the name with the alias', 'App-Fn:live', '1', `${ARN}:live`],
  ])('runs the right version by %s', async (_, id, version, arn) => {
    const target = functions.get(id);
    expect([target.name, target.arn, target.version]).toEqual(['App-Fn', arn, version]);
    expect(await target.invoke({})).toMatchObject({
      functionVersion: version,
      variable: version,
      invokedFunctionArn: arn,
    });
  });

  it('has other instances for the version than for the latest code, and the alias has those of the version', async () => {
    const count = async (id: string) => ((await functions.get(id).invoke({})) as { count: number }).count;
    const [latest, version] = [await count('App-Fn'), await count('App-Fn:1')];
    expect(await count('App-Fn:live')).toBe(version + 1);
    expect(await count('App-Fn')).toBe(latest + 1);
  });

  it('has no other versions or aliases', () => {
    for (const id of [`${ARN}:2`, `${ARN}:other`, 'App-Other:live'])
      expect(() => functions.get(id)).toThrow(`refers to the function ${id}, but does not define it`);
  });
});

describe('the permission to invoke', () => {
  const permission = (FunctionName: unknown) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', Principal: EVENTS, SourceArn: RULE, FunctionName },
  });
  const mayInvoke = (FunctionName: unknown, arn: string) => {
    const resources = { Fn: FN, Published: PUBLISHED, Live: alias(), May: permission(FunctionName) };
    return new ExecutionRoles(iamOf(resolved(resources))).mayInvoke(arn, EVENTS, RULE);
  };

  it.each([
    ['an alias', { Ref: 'Live' }, `${ARN}:live`],
    ['an alias by name', 'App-Fn:live', `${ARN}:live`],
    ['a version', { Ref: 'Published' }, `${ARN}:1`],
    ['a function', { Ref: 'Fn' }, ARN],
  ])('of %s allows nothing else', (_, name, allowed) => {
    for (const arn of [ARN, `${ARN}:1`, `${ARN}:live`]) expect(mayInvoke(name, arn)).toBe(arn === allowed);
  });
});
