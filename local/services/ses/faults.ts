/**
 * The faults of a send. SES refuses it, fails, does not respond (`silent`), or accepts the email and loses
 * its response (`lost-answer`). The other names are the names of SES's errors.
 */
export const FAULTS = [
  'Throttling',
  'MessageRejected',
  'InvalidParameterValue',
  'AccessDenied',
  'AccountSendingPaused',
  'ConfigurationSetDoesNotExist',
  'InternalFailure',
  'ServiceUnavailable',
  'silent',
  'lost-answer',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The status and message of each fault that is an error response, in the words of SES. */
const ERRORS: Partial<Record<Fault, readonly [number, string]>> = {
  AccessDenied: [403, 'User is not authorized to perform: ses:SendEmail'],
  ConfigurationSetDoesNotExist: [400, 'Configuration set license-mail does not exist.'],
  Throttling: [400, 'Maximum sending rate exceeded.'],
  MessageRejected: [
    400,
    'Email address is not verified. The following identities failed the check: jane.doe@example.com',
  ],
  InvalidParameterValue: [400, 'Local address contains control or whitespace'],
  AccountSendingPaused: [400, 'Sending is paused for this account.'],
  InternalFailure: [500, 'An internal failure occurred.'],
  ServiceUnavailable: [503, 'Service is temporarily unavailable.'],
};

export interface ErrorAnswer {
  readonly status: number;
  /** The XML of SES's query protocol. */
  readonly body: string;
}

/** Returns an error response of SES's query protocol. */
export const queryError = (status: number, code: string, message: string): ErrorAnswer => ({
  status,
  body:
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error>` +
    `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
    `<Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
});

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Returns the error response of a fault, or undefined if the fault is not an error response. */
export function errorAnswer(fault: Fault): ErrorAnswer | undefined {
  const [status, message] = ERRORS[fault] ?? [];
  if (status === undefined) return undefined;
  const code = fault === 'AccountSendingPaused' ? 'AccountSendingPausedException' : fault;
  return queryError(status, code, message ?? '');
}

export interface PlannedFault {
  readonly fault: Fault;
  /** The fault affects sends to addresses that contain this text. */
  readonly to: string;
  /** The number of sends that it still affects. */
  times: number;
}

/** The faults planned for the next sends. Each retry of the SDK counts as a send. */
export class PlannedFaults {
  private planned: PlannedFault[] = [];

  add(fault: Fault, to: string, times: number): void {
    this.planned.push({ fault, to, times });
  }

  clear(): void {
    this.planned = [];
  }

  list(): readonly PlannedFault[] {
    return this.planned;
  }

  /** Returns the fault of a send to `address`, in the order in which the faults were planned. */
  take(address: string): Fault | undefined {
    const planned = this.planned.find(({ to, times }) => times > 0 && address.includes(to));
    if (!planned) return undefined;
    planned.times -= 1;
    this.planned = this.planned.filter(({ times }) => times > 0);
    return planned.fault;
  }
}
