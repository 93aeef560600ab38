import {
  CreateBackupCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { CLIENT_VARIABLES } from '../../../local/cloud/environment';
import type { Session } from '../../../local/product/session';
import { eventually } from '../jest/timeouts';
import { synthesizeStage } from '../stages/stage-assembly';
import { type OwnSystem, startOwnSystem } from '../system/own-system';
import {
  accessToken,
  addUser,
  client,
  createCustomer,
  type Customer,
  type LicenseChecks,
  licenseChecks,
  mailsOf,
  readEvents,
  removeMember,
  setActive,
  setTitle,
} from './customer';
import { cli, type Prepared, verify } from './operator';
import { lastSequence, type Receiver, startReceiver } from './receiver';

const RESTORED = 'scim-restored';

export interface RehearsalOptions {
  /** The cloud assembly of the stage `local`. */
  readonly assembly: string;
  /** The directory of the data. */
  readonly state: string;
  readonly domains: number;
  /** The number of users of each domain, at least 3. */
  readonly users: number;
  /** Called before each step. */
  readonly progress?: (step: string) => void;
}

/** The findings of the rehearsal. */
export interface Rehearsal {
  /**
   * The tables of features after each run of `restore prepare`: before the deployment, again, and after it.
   */
  readonly prepared: readonly Prepared[];
  /** What `scim verify` reports of the restored data. */
  readonly differences: readonly unknown[];
  /** The license checks at the time of the backup, and of the restored data. */
  readonly checks: { readonly before: LicenseChecks; readonly after: LicenseChecks };
  /** The recipients of emails that the restored data caused. */
  readonly emails: readonly string[];
  /** The status of a reader with the cursor from before the loss, when there is a new event. */
  readonly oldCursor: number;
  /**
   * The numbers of events of one user: the last one that its receivers knew, and the first one after the
   * restore.
   */
  readonly sequences: { readonly before: number; readonly feed: number; readonly webhook: number };
  /** The items of the table that was lost. Nothing must write to it again. */
  readonly formerItems: number;
  /** The error of an attempt to delete the restored table. */
  readonly deletion: string;
  /** The licenses of users who were created after the restore. */
  readonly newLicenses: readonly unknown[];
  /**
   * The time from the loss until a license check succeeded, in milliseconds, without the synthesis of the
   * templates.
   */
  readonly recoveryMs: number;
}

/**
 * Rehearses the loss of the table as docs/runbook.md describes it: a stage with data, a backup, changes that
 * the backup lacks, the loss, the restore under another name, `restore prepare`, the deployment with the
 * setting `restoredTable`.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { assembly, state, progress = () => undefined } = options;
  const hook = await startReceiver();
  const flags = ['--no-control-plane-limits', '--webhook-origin', hook.origin];
  let system: OwnSystem | undefined;
  try {
    progress('Synthesizing the templates with the restored table');
    const attached = synthesizeStage('local', assembly, undefined, { restoredTable: RESTORED });
    progress('Starting the system');
    system = await startOwnSystem({ assembly, state, flags: [...flags, '--fresh'] });
    const lost = await loseTable(system.session, options, hook);
    progress('Restoring the table');
    const aws = dynamoDb(system.session);
    await aws.send(
      new RestoreTableFromBackupCommand({ TargetTableName: RESTORED, BackupArn: lost.backupArn }),
    );
    const prepared = [
      await cli<Prepared>(state, 'restore', 'prepare', RESTORED),
      await cli<Prepared>(state, 'restore', 'prepare', RESTORED),
    ];
    progress('Deploying with the restored table');
    await system.stop();
    system = await startOwnSystem({ assembly: attached, state, flags });
    return await verifyRestored(system, lost, prepared, hook);
  } finally {
    await system?.stop();
    hook.close();
  }
}

interface Lost {
  readonly customers: readonly Customer[];
  readonly tableName: string;
  readonly backupArn: string;
  readonly checks: LicenseChecks;
  /** The cursor of the product of the first customer, and the last number of events of its first user. */
  readonly cursor: string;
  readonly sequence: number;
  readonly lostAt: number;
}

/** Fills the stage, makes a backup, changes data after it, and deletes the table. */
async function loseTable(
  session: Session,
  { domains, users, state, progress = () => undefined }: RehearsalOptions,
  hook: Receiver,
): Promise<Lost> {
  const customers: Customer[] = [];
  for (let at = 0; at < domains; at++) {
    progress(`Creating domain ${at + 1} of ${domains}`);
    customers.push(await createCustomer(session, state, { users, endpoint: hook.url }));
  }
  const [customer] = customers;
  const [first, second, third] = customer?.users ?? [];
  if (!customer || !first || !second || !third)
    throw new Error('The rehearsal needs a domain with three users.');
  const call = client(session, customer.scimKey);
  await setActive(call, third.userId, false);
  await sequenceOf(session, customer, third.userId, 2);
  const checks = await licenseChecks(
    session,
    customers.flatMap((each) => each.users),
  );

  progress('Making a backup, and changes after it');
  const aws = dynamoDb(session);
  const tableName = await ownTable(aws);
  const { BackupDetails } = await aws.send(
    new CreateBackupCommand({ TableName: tableName, BackupName: 'rehearsal' }),
  );
  await setTitle(call, first.userId, 'After the backup');
  await setActive(call, second.userId, false);
  await removeMember(call, customer.groupId, second.userId);
  await addUser(session, call);
  const sequence = await sequenceOf(session, customer, first.userId, 2);
  const { next: cursor } = await readEvents(session, customer);
  await eventually('the webhook', () => Promise.resolve(hook.sequenceOf(first.userId) >= sequence));

  progress('Losing the table');
  await aws.send(new DeleteTableCommand({ TableName: tableName }));
  const lostAt = Date.now();
  const backupArn = BackupDetails?.BackupArn ?? '';
  return { customers, tableName, backupArn, checks, cursor, sequence, lostAt };
}

async function verifyRestored(
  { session, state }: OwnSystem,
  { customers, tableName, checks: before, cursor, sequence, lostAt }: Lost,
  prepared: readonly Prepared[],
  hook: Receiver,
): Promise<Rehearsal> {
  const users = customers.flatMap((each) => each.users);
  const after = await licenseChecks(session, users);
  const recoveryMs = Date.now() - lostAt;
  // Everything that runs by a schedule.
  await fireAllRules(session);
  const differences = await verify(state);
  const emails = (await mailsOf(session)).flatMap(({ destination }) => destination.to);

  const newLicenses: unknown[] = [];
  for (const customer of customers) {
    const token = await accessToken(session, customer);
    for (const credential of [customer.scimKey, token]) {
      const created = await addUser(session, client(session, credential));
      newLicenses.push(...Object.values(await licenseChecks(session, [created])));
    }
  }
  const [customer] = customers;
  const first = customer?.users[0];
  if (!customer || !first) throw new Error('There is no user.');
  const received = hook.countOf(first.userId);
  await setTitle(client(session, customer.scimKey), first.userId, 'After the restore');
  await eventually('the webhook', () => Promise.resolve(hook.countOf(first.userId) > received));
  const feed = lastSequence((await readEvents(session, customer)).items, first.userId);
  const { status: oldCursor } = await readEvents(session, customer, cursor);
  const aws = dynamoDb(session);
  return {
    prepared: [...prepared, await cli<Prepared>(state, 'restore', 'prepare', RESTORED)],
    differences,
    checks: { before, after },
    emails,
    oldCursor,
    sequences: { before: sequence, feed, webhook: hook.sequenceOf(first.userId) },
    formerItems: (await aws.send(new ScanCommand({ TableName: tableName, Select: 'COUNT' }))).Count ?? 0,
    deletion: await aws.send(new DeleteTableCommand({ TableName: RESTORED })).then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    ),
    newLicenses,
    recoveryMs,
  };
}

/** Waits until the feed has an event of a user with at least this number, and returns the number. */
async function sequenceOf(
  session: Session,
  customer: Customer,
  userId: string,
  atLeast: number,
): Promise<number> {
  let sequence = 0;
  await eventually(`event ${atLeast} of a user`, async () => {
    const { items } = await readEvents(session, customer);
    sequence = lastSequence(items, userId);
    return sequence >= atLeast;
  });
  return sequence;
}

async function fireAllRules({ controlUrl }: Session): Promise<void> {
  const response = await fetch(`${controlUrl}/fire?rule=`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}

/** Returns a client of DynamoDB, as an operator has it. */
function dynamoDb({ region, endpoints }: Session): DynamoDBClient {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = CLIENT_VARIABLES;
  return new DynamoDBClient({
    region,
    endpoint: endpoints.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
}

/** Returns the name of the table of the stage. */
async function ownTable(aws: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await aws.send(new ListTablesCommand({}));
  const name = TableNames.find((each) => each.startsWith('ScimData'));
  if (name === undefined) throw new Error(`The stage has no table: ${TableNames.join(', ')}.`);
  return name;
}
