import type { Command } from 'commander';
import { currentSecret, type SecretVersion } from '../../../../shared/credentials/secret-versions';
import { SECRET_NAMES, type SecretName } from '../../../../shared/credentials/secret-names';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import type * as Aws from '../../connection/aws-deployment';
import { Failure } from '../../failure';
import { addYesOption } from '../../options/common-options';
import { wholeNumber } from '../../options/numbers';
import { countPepperUse, type PepperUse } from './pepper-use';
import { dropFormer, LEAD_SECONDS, readDeriving, rotateDeriving, rotatePortalOrigin } from './rotate';
import { DERIVING, isDeriving } from './secret-kinds';
import { pluralize } from '../../../../shared/pluralize';

/** A version of a secret, without its text. Times are RFC 3339. */
interface VersionState {
  readonly name: SecretName;
  readonly version: number;
  readonly state: 'next' | 'used' | 'accepted';
  readonly usedFrom?: string;
  readonly acceptedUntil?: string;
  /** The number of credentials whose hashes have this pepper. */
  readonly credentials?: number;
}

const COLUMNS: readonly Column<VersionState>[] = [
  ['Secret', ({ name }) => name],
  ['Version', ({ version }) => version],
  ['State', ({ state }) => state],
  ['Used from', ({ usedFrom }) => formatTime(usedFrom)],
  ['Accepted until', ({ acceptedUntil }) => formatTime(acceptedUntil)],
  ['Credentials', ({ credentials }) => credentials],
];

/** Adds `secret …`. */
export function addSecretCommands(program: Command, cli: Cli): void {
  const noun = addNoun(
    program,
    cli,
    'secret',
    'the secrets of the deployment, which can be rotated without a refused request; needs AWS credentials',
  );

  addCommand(noun, cli, {
    usage: 'list',
    description: 'list the versions of the secrets, without their texts',
    examples: ['secret list', 'secret list --json'],
  }).action(async () => {
    const aws = await cli.aws();
    const arns = await aws.readSecretsDeployment(cli.stage);
    const states = await Promise.all(SECRET_NAMES.map((name) => statesOf(aws, name, arns[name])));
    cli.printTable(states.flat(), COLUMNS, 'The stage has no secrets.');
  });

  addCommand(noun, cli, {
    usage: 'status <name>',
    description:
      'show the versions of a secret, and for "pepper" the number of SCIM keys and client secrets that need each one',
    examples: ['secret status pepper', 'secret status license --json'],
  }).action(async (text: string) => {
    const name = parseName(text);
    const aws = await cli.aws();
    const { [name]: arn } = await aws.readSecretsDeployment(cli.stage);
    const states = await statesOf(aws, name, arn);
    const use = name === 'pepper' ? await readPepperUse(cli) : undefined;
    const rows = states.map((state) => ({ ...state, ...(use && { credentials: use[state.version] ?? 0 }) }));
    cli.printTable(rows, COLUMNS, `The stage has no secret ${name}.`);
  });

  addRotate(noun, cli);
  addDrop(noun, cli);
}

function addRotate(noun: Command, cli: Cli): void {
  addYesOption(
    addCommand(noun, cli, {
      usage: 'rotate <name>',
      description:
        `publish a new version of a secret (${SECRET_NAMES.join(', ')}), which functions use after 15 minutes; what was ` +
        'made with the former one stays valid. You can repeat the command if it was interrupted. For the admin token, see ' +
        'admin-token rotate',
      examples: [
        'secret rotate pepper',
        'secret rotate cursor --yes',
        'secret rotate access-token --end-former',
      ],
    })
      .option(
        '--end-former',
        'end the former version, because somebody may know it: only for "access-token" and "cursor". Requests can fail ' +
          'during the first five minutes',
      )
      .option(
        '--after <seconds>',
        'the time until the new version is used; less than 15 minutes only with --local',
        wholeNumber(0),
        LEAD_SECONDS,
      ),
  ).action(async (text: string, options: { yes?: boolean; endFormer?: boolean; after: number }) => {
    const name = parseName(text);
    const { endFormer, after: leadSeconds } = options;
    if (leadSeconds < LEAD_SECONDS && !cli.session)
      throw Failure.misused(
        `--after must be at least ${LEAD_SECONDS}, because functions need this time to learn of the new version.`,
      );
    if (endFormer && !(isDeriving(name) && DERIVING[name].lifetimeMs !== undefined))
      throw Failure.misused(`--end-former is not possible for the secret ${name}. ${endHint(name)}`);
    await cli.confirm(
      endFormer
        ? `Replace the secret ${name}? Everything that was made with it ends within ten minutes.`
        : `Rotate the secret ${name}?`,
      options,
    );
    if (!isDeriving(name)) {
      const isReplaced = await rotatePortalOrigin(cli);
      return cli.print({ name, wasPublished: !isReplaced }, () => [
        ...(isReplaced ? [] : ['The secret portal-origin was already replaced in the last hour.']),
        PORTAL_ORIGIN_TEXT,
      ]);
    }
    const rotation = await rotateDeriving(cli, name, { endFormer, leadSeconds });
    const { version, usedFrom, wasPublished } = rotation;
    const published = wasPublished ? 'was already published' : 'is published';
    const former = endFormer ? 'The former versions end within ten minutes.' : DERIVING[name].former;
    cli.print(rotation, () => [
      `Version ${version} of the secret ${name} ${published}. Functions use it from ${formatTime(usedFrom)}.`,
      former,
    ]);
  });
}

const PORTAL_ORIGIN_TEXT =
  'The admin API accepts the new secret and the former one. CloudFront sends the new one after you deploy the stack ScimAdmin ' +
  'with another value of the parameter PortalOriginRotation: ' +
  'npx cdk deploy ScimAdmin --parameters ScimAdmin:PortalOriginRotation=2';

function addDrop(noun: Command, cli: Cli): void {
  addYesOption(
    addCommand(noun, cli, {
      usage: 'drop <name>',
      description:
        'end the former version of "pepper"; refused while SCIM keys or client secrets that have not ended need it',
      examples: ['secret drop pepper', 'secret drop pepper --force --yes'],
    }).option('--force', 'even if credentials need the former version; they are refused from then on'),
  ).action(async (text: string, options: { yes?: boolean; force?: boolean }) => {
    const name = parseName(text);
    if (name !== 'pepper')
      throw Failure.misused(`The secret ${name} has no version to drop. ${endHint(name)}`);
    cli.assertConfirmable('End the former pepper?', options);
    const aws = await cli.aws();
    const { [name]: arn = '' } = await aws.readSecretsDeployment(cli.stage);
    const { versions, now } = await readDeriving(aws, arn);
    const { issuing } = currentSecret(versions, now);
    const use = await readPepperUse(cli);
    const waiting = Object.entries(use).reduce(
      (sum, [version, count]) => (Number(version) < issuing.id ? sum + count : sum),
      0,
    );
    if (waiting > 0 && !options.force) throw stillNeeded(waiting);
    await cli.confirm(
      waiting > 0
        ? `End the former pepper? ${pluralize(waiting, 'SCIM key or client secret stops', 'SCIM keys and client secrets stop')} working.`
        : 'End the former pepper? No credential needs it.',
      options,
    );
    const version = await dropFormer(cli, name);
    cli.print({ name, version, endedCredentials: waiting }, () => [
      `The secret ${name} has only the version ${version} now. Functions forget the former one within five minutes.`,
    ]);
  });
}

function parseName(text: string): SecretName {
  const name = SECRET_NAMES.find((each) => each === text);
  if (name) return name;
  const hint = text === 'admin-token' ? ' Use the command admin-token.' : '';
  throw Failure.misused(`There is no secret "${text}". The secrets are: ${SECRET_NAMES.join(', ')}.${hint}`);
}

/** Returns what ends the values of a former version. */
const endHint = (name: SecretName): string =>
  ({
    pepper: 'Use `secret drop pepper`.',
    'access-token': 'Use `secret rotate access-token --end-former`.',
    cursor: 'Use `secret rotate cursor --end-former`.',
    license: 'Replace the license keys with `license replace-key`.',
    webhook: 'Replace the signing secrets with `webhook add-secret` and `webhook revoke-secret`.',
    'portal-origin':
      'To end the former one, deploy ScimAdmin after the rotation, and rotate it again an hour later.',
  })[name];

const readPepperUse = async (cli: Cli): Promise<PepperUse> =>
  countPepperUse(await cli.api(), cli.terminal.now());

async function statesOf(
  aws: typeof Aws,
  name: SecretName,
  arn: string | undefined,
): Promise<readonly VersionState[]> {
  if (arn === undefined) return [];
  if (!isDeriving(name)) {
    const { storedAt } = await aws.readSecret(arn);
    return [{ name, version: 1, state: 'used', usedFrom: new Date(storedAt).toISOString() }];
  }
  const { versions, now } = await readDeriving(aws, arn);
  const { issuing, accepted } = currentSecret(versions, now);
  return accepted.toReversed().map((version) => stateOf(name, version, { issuing, now }));
}

function stateOf(
  name: SecretName,
  { id, from, until }: SecretVersion,
  { issuing, now }: { readonly issuing: SecretVersion; readonly now: number },
): VersionState {
  const time = (at: number | undefined) =>
    at === undefined || at === -Infinity ? undefined : new Date(at).toISOString();
  return {
    name,
    version: id,
    state: from > now ? 'next' : id === issuing.id ? 'used' : 'accepted',
    usedFrom: time(from),
    acceptedUntil: time(until),
  };
}

/** `waiting` is the number of credentials that need the former pepper. */
function stillNeeded(waiting: number): Failure {
  const them = waiting === 1 ? 'it' : 'them';
  return new Failure(
    `${pluralize(waiting, 'SCIM key or client secret needs', 'SCIM keys and client secrets need')} the former pepper, ` +
      `because nobody has used ${them} since the rotation. Wait for that, revoke ${them}, or end ${them} with --force.`,
  );
}
