/**
 * What SES does with a send: refuses it, fails, says nothing, or takes the mail and loses its answer. The names are those of
 * SES's errors where it has one.
 */
export const FAULTS = [
  'Throttling',
  'MessageRejected',
  'InvalidParameterValue',
  'AccountSendingPaused',
  'InternalFailure',
  'ServiceUnavailable',
  'silent',
  'lost-answer',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Status and message of those that are errors, as SES words them. */
const ERRORS: Partial<Record<Fault, readonly [number, string]>> = {
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
  /** XML of SES's query protocol. */
  readonly body: string;
}

/** Undefined for a fault that is no answer. */
export function errorAnswer(fault: Fault): ErrorAnswer | undefined {
  const [status, message] = ERRORS[fault] ?? [];
  if (status === undefined) return undefined;
  const code = fault === 'AccountSendingPaused' ? 'AccountSendingPausedException' : fault;
  const type = status === 400 ? 'Sender' : 'Receiver';
  return {
    status,
    body:
      `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${type}</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
  };
}

export interface PlannedFault {
  readonly fault: Fault;
  /** Part of the address of those sends that it happens to; empty: all. */
  readonly to: string;
  /** How many sends it happens to yet. */
  times: number;
}

/** The faults of the next sends. The SDK tries some of them again by itself: each try is a send. */
export class Faults {
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

  /** What happens to a send to `address`; the first that was planned for it comes first. */
  take(address: string): Fault | undefined {
    const planned = this.planned.find(({ to, times }) => times > 0 && address.includes(to));
    if (!planned) return undefined;
    planned.times -= 1;
    this.planned = this.planned.filter(({ times }) => times > 0);
    return planned.fault;
  }
}
