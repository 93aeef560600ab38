import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type Config, ConfigError, readConfig } from '../../../lib/config';
import { JSON_SCHEMA_FILE, settingsJsonSchema } from '../../../lib/settings/json-schema';
import { SETTINGS_DIRECTORY } from '../../../lib/settings/settings-file';
import { addStacks } from '../../../lib/stacks/stacks';
import { REQUIRED_SETTINGS, settingsDirectory } from './settings-directory';
import { resourcesOf, synthesizeWithoutValidation, UNBUNDLED_APP_PROPS } from '../synthesize';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';
const PROD = {
  ...REQUIRED_SETTINGS,
  account: '111122223333',
  region: 'eu-west-1',
  domainName: 'scim.acme.example',
  certificateArn: CERTIFICATE,
  keyGraceDays: 7,
};

function problemsOf(context: Record<string, unknown>, directory: string): readonly string[] {
  try {
    readConfig(context, directory);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function synthesize(config: Config) {
  const app = new App({ ...UNBUNDLED_APP_PROPS });
  addStacks(app, config);
  return synthesizeWithoutValidation(app);
}

describe('the settings of a stage', () => {
  it('come from the file of the stage', () => {
    const directory = settingsDirectory({ prod: { $schema: './stage.schema.json', ...PROD } });
    expect(readConfig({ stage: 'prod' }, directory)).toMatchObject({
      stage: 'prod',
      account: '111122223333',
      region: 'eu-west-1',
      mail: {
        sender: 'keys@mail.acme.example',
        productName: 'Acme Observer',
        supportAddress: 'help@acme.example',
      },
      customDomain: { domainName: 'scim.acme.example', certificateArn: CERTIFICATE },
      keyGraceDays: 7,
    });
  });

  it('are replaced one by one by -c name=value, which passes text', () => {
    const directory = settingsDirectory({ prod: PROD });
    const config = readConfig({ stage: 'prod', keyGraceDays: '0', productName: '365' }, directory);
    expect(config).toMatchObject({
      keyGraceDays: 0,
      mail: { sender: 'keys@mail.acme.example', productName: '365' },
      customDomain: { domainName: 'scim.acme.example' },
    });
  });

  it.each(Object.keys(REQUIRED_SETTINGS))(
    'are refused without %s, and the error says what to add',
    (missing) => {
      const { [missing as keyof typeof PROD]: _, ...others } = PROD;
      expect(problemsOf({ stage: 'prod' }, settingsDirectory({ prod: others }))).toEqual([
        expect.stringMatching(
          new RegExp(`^${missing}: missing\\. Add "${missing}" to settings/prod\\.json: an? .+\\.$`),
        ),
      ]);
    },
  );

  it('are refused with all problems of the file', () => {
    const directory = settingsDirectory({
      prod: { mailSendr: 'x', account: 111122223333, mailIdentity: 'none' },
    });
    expect(problemsOf({ stage: 'prod' }, directory)).toEqual([
      expect.stringMatching(/^mailSendr: this setting does not exist/),
      'account: given 111122223333, expected the 12 digits of an AWS account, as text.',
      expect.stringMatching(/^mailSender: missing/),
      'mailIdentity: given "none", expected domain, address or existing.',
      expect.stringMatching(/^productName: missing/),
      expect.stringMatching(/^supportAddress: missing/),
    ]);
    expect(() => readConfig({ stage: 'prod' }, directory)).toThrow(
      /^The settings of the stage prod \(settings\/prod\.json\) are not valid:\n- /,
    );
  });

  it.each([
    ['{ "mailSender": ', /^settings\/prod\.json: is not valid JSON: /],
    ['[]', /^settings\/prod\.json: expected one JSON object/],
    ['null', /^settings\/prod\.json: expected one JSON object/],
    ['"prod"', /^settings\/prod\.json: expected one JSON object/],
  ])('are refused if the file is %s', (text, problem) => {
    expect(problemsOf({ stage: 'prod' }, settingsDirectory({ prod: text }))).toEqual([
      expect.stringMatching(problem),
    ]);
  });

  it('do not exist without a file, and the error lists the stages that have one', () => {
    const directory = settingsDirectory({ local: PROD, prod: PROD, 'stage.schema': {} });
    expect(problemsOf({ stage: 'pord' }, directory)).toEqual([
      'stage: settings/pord.json does not exist. Create it, or choose one of the stages that have a file: local, prod.',
    ]);
  });

  it.each([
    '',
    'Prod',
    'prod_1',
    '1prod',
    'prod-',
    'a--b',
    '../local',
    'x'.repeat(21),
    'my-aws',
    'cognito',
    1,
    true,
  ])('do not exist for the name %j', (stage) => {
    expect(problemsOf({ stage }, settingsDirectory({}))).toEqual([
      expect.stringMatching(/^stage: given .*, expected 1 to 20 lowercase letters/),
    ]);
  });
});

describe('a command without a stage', () => {
  it('uses the stage default if it has a file', () => {
    expect(readConfig({}, settingsDirectory({ default: PROD, local: REQUIRED_SETTINGS })).stage).toBe(
      'default',
    );
  });

  it('uses the stage local otherwise, which CDK cannot deploy to any account', () => {
    const config = readConfig({}, settingsDirectory({ local: readLocalFile() }));
    expect(config.stage).toBe('local');
    expect(synthesize(config).stacks.map(({ environment }) => environment.name)).toEqual(
      Array(6).fill('aws://000000000000/us-east-1'),
    );
  });
});

it('a command with one flag keeps the verified identity and the custom domain of the stage', () => {
  const assembly = synthesize(
    readConfig(
      { stage: 'prod', mailTemplates: path.join(__dirname, '../../../shared/mail/templates') },
      settingsDirectory({ prod: PROD }),
    ),
  );
  const template = (id: string) =>
    Template.fromJSON(assembly.stacks.find((stack) => stack.id === id)?.template as object);
  const identities = Object.values(resourcesOf(template('ScimLicenses'), 'AWS::SES::EmailIdentity'));
  expect(identities.map(({ Properties }) => Properties.EmailIdentity)).toEqual(['mail.acme.example']);
  const domains = Object.values(resourcesOf(template('ScimApi'), 'AWS::ApiGateway::DomainName'));
  expect(domains.map(({ Properties }) => Properties.DomainName)).toEqual(['scim.acme.example']);
});

describe('the JSON schema of settings files', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  const validate = ajv.compile(settingsJsonSchema());

  it('is in the repository as `npm run settings:schema` writes it', () => {
    const written = JSON.parse(
      readFileSync(path.join(SETTINGS_DIRECTORY, JSON_SCHEMA_FILE), 'utf8'),
    ) as unknown;
    expect(written).toEqual(settingsJsonSchema());
  });

  it('accepts a complete file', () => {
    expect(validate({ $schema: './stage.schema.json', ...PROD, ratePlans: { gallery: null } })).toBe(true);
  });

  it.each([
    ['an unknown setting', { ...PROD, mailSendr: 'x' }],
    ['no sender', { ...PROD, mailSender: undefined }],
    ['a wrong value', { ...PROD, keyGraceDays: -1 }],
    ['a number as account', { ...PROD, account: 111122223333 }],
    ['an unknown value', { ...PROD, mailIdentity: 'none' }],
  ])('refuses a file with %s', (_, settings) => {
    expect(validate(JSON.parse(JSON.stringify(settings)))).toBe(false);
  });
});

function readLocalFile(): unknown {
  return JSON.parse(readFileSync(path.join(SETTINGS_DIRECTORY, 'local.json'), 'utf8'));
}
