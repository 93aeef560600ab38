import type { Caller } from '../../cloud/callers';
import type { Iam } from '../../cloud/iam/iam';
import type { Role } from '../../cloud/iam/role-policies';
import { arn } from '../../cloud/template/account';
import { UserError } from '../../host/user-error';
import { tableKeyPermissions } from '../dynamodb/front/permissions';
import { NO_KEYS } from '../kms/encryption-keys';
import { KEY_ACTIONS } from '../sqs/operations';

/**
 * Checks what Lambda itself does with the roles of functions, and what other services may do with functions.
 */
export class ExecutionRoles {
  private readonly callers = new Map<string, Caller>();

  constructor(
    private readonly iam: Iam,
    private readonly keys = NO_KEYS,
  ) {}

  /** Returns the role of a function. Throws a `UserError` if Lambda cannot assume it. */
  assume(functionName: string, roleArn: string): Role {
    const role = this.iam.roleOf(functionName, roleArn);
    this.callers.set(functionName, { name: functionName, role });
    return role;
  }

  /** Returns whether Lambda may write the logs of a function. */
  mayLog(functionName: string, logGroup: string): boolean {
    const resource = arn('logs', `log-group:${logGroup}:log-stream:local`);
    return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
      this.iam.isAllowed(this.callerOf(functionName), { action, resource }),
    );
  }

  /** Returns whether Lambda may send what a function could not process to a queue. */
  maySend(functionName: string, queueArn: string): boolean {
    return this.mayUseQueue(functionName, queueArn, 'SendMessage');
  }

  /** Throws the error with which AWS refuses to create a failure destination. */
  assertMaySend(functionName: string, queueArn: string): void {
    if (this.maySend(functionName, queueArn)) return;
    throw new UserError(
      `${functionName}: The provided execution role does not have permissions to call SendMessage on SQS (${queueArn}).`,
    );
  }

  /** Throws the error with which AWS refuses to create an event source mapping. */
  assertMayRead(functionName: string, streamArn: string): void {
    const caller = this.callerOf(functionName);
    const mayRead =
      ['GetRecords', 'GetShardIterator', 'DescribeStream'].every((operation) =>
        this.iam.isAllowed(caller, { action: `dynamodb:${operation}`, resource: streamArn }),
      ) &&
      this.iam.isAllowed(caller, { action: 'dynamodb:ListStreams', resource: '*' }) &&
      tableKeyPermissions(streamArn.replace(/\/stream\/.*$/, ''), this.keys).every((permission) =>
        this.iam.isAllowed(caller, permission),
      );
    if (mayRead) return;
    throw new UserError(
      `${functionName}: Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, ` +
        'GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.',
    );
  }

  /** Throws the error with which AWS refuses to create an event source mapping of a queue. */
  assertMayReceive(functionName: string, queueArn: string): void {
    for (const operation of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
      if (!this.mayUseQueue(functionName, queueArn, operation))
        throw new UserError(
          `${functionName}: The provided execution role does not have permissions to call ${operation} on SQS (${queueArn}).`,
        );
  }

  /** Returns whether the policy of a function lets a service invoke it, for example an API or a rule. */
  mayInvoke(functionArn: string, service: string, sourceArn: string): boolean {
    return this.iam.allowsService(
      { service, sourceArn },
      { action: 'lambda:InvokeFunction', resource: functionArn },
    );
  }

  /** Returns whether a role may do this with a queue, and use the key of the queue for it. */
  private mayUseQueue(functionName: string, resource: string, operation: string): boolean {
    const actions = KEY_ACTIONS[operation] ?? [];
    return [
      { action: `sqs:${operation}`, resource },
      ...this.keys.permissionsFor({ resource, actions, via: 'sqs' }),
    ].every((permission) => this.iam.isAllowed(this.callerOf(functionName), permission));
  }

  private callerOf(functionName: string): Caller {
    const caller = this.callers.get(functionName);
    if (!caller) throw new Error(`${functionName} has no role yet.`);
    return caller;
  }
}
