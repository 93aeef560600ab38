import type { Client } from '../dashboard/clients';

/** Sends an operation to the local cloud, such as `POST faults?kinds=…`. */
export type Control = (operation: string) => Promise<void>;

export interface RehearsedFault {
  /** The entry of docs/runbook.md that leads to the cause. */
  readonly entry: string;
  /** The cause, and the entry of the runbook about it. */
  readonly cause: string;
  /** Switches the fault on. `clients` are the identity providers, each with a domain. */
  readonly inject: (control: Control, clients: readonly Client[]) => Promise<void>;
  /** Multiplies ages and durations, because a simulated minute lasts a second only. @default 1 */
  readonly slowness?: number;
}

const killed = (part: string) => `POST faults?kinds=kill-before&operation=lambda:Invoke&function=${part}`;

/** The faults in an order that does not follow the runbook. */
export const FAULTS: readonly RehearsedFault[] = [
  {
    entry: 'LicenseMailBlocked',
    cause: 'SES has paused the account. Resume sending, after you have answered AWS Support.',
    inject: (control) => control('POST ses-account?paused=true'),
  },
  {
    entry: 'ApiFunctionsFailing',
    cause: 'The function users ends at the start of each invocation, as after a bad deployment. Roll back.',
    inject: (control) => control(killed('Users')),
  },
  {
    entry: 'LicenseCheckFunctionsThrottled',
    cause: 'The reserved concurrency of the license check is used up: it is 0. Raise it.',
    inject: (control) => control('POST stop?function=LicenseCheck'),
  },
  {
    entry: 'LicenseMailRefused',
    cause: 'SES refuses the addresses of one domain as invalid. Its administrator must correct them.',
    inject: (control) => control('POST ses-faults?fault=InvalidParameterValue&to=-of-1&times=100000'),
  },
  {
    entry: 'TableThrottled',
    cause:
      'DynamoDB throttles the partition of one domain, which has most of the requests. Lower its rate plan.',
    // A higher share would stall more requests than a function has instances, so that all domains would be
    // slow.
    inject: (control, [client]) =>
      control(
        `POST faults?share=0.5&kinds=throttling&operation=dynamodb:&function=Functions&of=${client?.domainId}`,
      ),
  },
  {
    entry: 'AdminApiFailing',
    cause: 'The authorizer of the admin API cannot read the admin token from Secrets Manager.',
    inject: async (control) => {
      await control('POST faults?kinds=unavailable&operation=GetSecretValue&function=ScimAdmin-Authorizer');
      // Its instances keep the token, so only new ones fail.
      await control('POST kill?function=ScimAdmin-Authorizer&all=true');
    },
  },
  {
    entry: 'KeyReminderFailed',
    cause:
      'The function key-reminders ends at the start of each run. Find the cause in its log, or roll back.',
    inject: (control) => control(killed('KeyReminders')),
  },
  {
    entry: 'DispatchLate',
    cause: 'The function dispatch fails for all records of the stream, and is late. Fix it, or roll back.',
    inject: (control) => control(killed('WorkDispatcher')),
    slowness: 60,
  },
  {
    entry: 'LicenseMailStalled',
    cause: 'SES is unavailable. Wait: each email is retried for a day.',
    inject: (control) => control('POST ses-faults?fault=ServiceUnavailable&to=@&times=100000'),
  },
  {
    entry: 'AuthorizerSlow',
    cause: 'The table answers the authorizer slowly. Look at the AWS Health Dashboard, and wait.',
    inject: (control) => control('POST table-latency?function=ScimApi-Authorizer&ms=1500'),
  },
];
