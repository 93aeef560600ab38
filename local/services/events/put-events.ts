import * as z from 'zod';
import { type AwsOperation, type Call, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Faults } from '../../cloud/faults/faults';
import type { Iam } from '../../cloud/iam/iam';
import { arn } from '../../cloud/template/account';
import type { EncryptionKeys } from '../kms/encryption-keys';
import type { EventBuses } from './event-buses';

const MAX_ENTRIES = 10;
const MAX_BYTES = 262_144;
/** A time counts as 14 bytes. */
const TIME_BYTES = 14;
/** EventBridge encrypts and decrypts the events of a bus with its key. */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

const PutEventsInput = z.object({
  Entries: z.array(
    z.object({
      EventBusName: z
        .string()
        .regex(/^(?:arn:[^:]+:events:[^:]*:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]{1,256}$/)
        .optional(),
      Source: z.string().optional(),
      DetailType: z.string().optional(),
      Detail: z.string().optional(),
      Resources: z.array(z.string().max(2048)).default([]),
      // The JSON protocol has seconds since the epoch.
      Time: z.number().optional(),
    }),
  ),
});
type Entry = z.output<typeof PutEventsInput>['Entries'][number];

type EntryResult =
  { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface PutEventsParts {
  readonly buses: EventBuses;
  readonly iam: Pick<Iam, 'allowsService'>;
  readonly keys: EncryptionKeys;
  readonly faults?: Faults;
}

/**
 * Returns the operation that sends events to buses. It refuses a whole request for its size, and single
 * entries for their content, as EventBridge does. A bus that does not exist is an error, although EventBridge
 * may drop such events silently.
 */
export const putEventsOperation = (parts: PutEventsParts): AwsOperation => ({
  permission: ({ input }) => {
    const { Entries = [] } = input as { Entries?: readonly { EventBusName?: string }[] };
    const names = new Set(Entries.map(({ EventBusName }) => busNameOf(EventBusName)));
    return [...(names.size > 0 ? names : ['default'])].map((name) => ({
      action: 'events:PutEvents',
      resource: busArn(name),
    }));
  },
  run: (call) => putEvents(call, parts),
});

function putEvents({ caller, input }: Call, { buses, iam, keys, faults }: PutEventsParts): object {
  const { Entries } = readInput(PutEventsInput, input);
  assertLimits(Entries);
  for (const { EventBusName } of Entries) {
    const name = busNameOf(EventBusName);
    if (!buses.has(name))
      throw new ServiceError(400, 'ResourceNotFoundException', `Event bus ${name} does not exist.`);
  }
  const site = { function: caller.name, operation: 'events:PutEvents', text: () => JSON.stringify(input) };
  const fault = caller.role && faults?.take(site, ['unprocessed', 'duplicate']);
  // The roll decides how many entries at the beginning are accepted.
  const accepted = fault?.kind === 'unprocessed' ? Math.floor(fault.roll * Entries.length) : Entries.length;
  const results = Entries.map((entry, at): EntryResult => {
    if (at >= accepted)
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'The event was not stored. Try it again.' };
    const problem = problemOf(entry);
    if (problem) return problem;
    const bus = busArn(busNameOf(entry.EventBusName));
    const use = {
      resource: bus,
      actions: KEY_ACTIONS,
      via: 'events',
      context: { 'kms:EncryptionContext:aws:events:event-bus:arn': bus },
    };
    if (!keys.allowService(iam, { service: 'events.amazonaws.com', sourceArn: bus }, use))
      return {
        ErrorCode: 'AccessDeniedException',
        ErrorMessage: 'EventBridge may not use the key of the bus.',
      };
    const id = store(buses, entry);
    if (fault?.kind === 'duplicate') store(buses, entry);
    return { EventId: id };
  });
  return { Entries: results, FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length };
}

const store = (
  buses: EventBuses,
  { EventBusName, Source = '', DetailType = '', Detail = '', ...rest }: Entry,
) =>
  buses.put(busNameOf(EventBusName), {
    source: Source,
    detailType: DetailType,
    detail: Detail,
    resources: rest.Resources,
    time: rest.Time === undefined ? new Date() : new Date(rest.Time * 1_000),
  });

/** A bus is named by its name or its ARN. */
const busNameOf = (text = 'default'): string => text.replace(/^arn:.*:event-bus\//, '');
const busArn = (name: string): string => arn('events', `event-bus/${name}`);

function assertLimits(entries: readonly Entry[]): void {
  if (entries.length === 0 || entries.length > MAX_ENTRIES)
    throw new ServiceError(
      400,
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ` +
        (entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`),
    );
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES)
    throw new ServiceError(
      400,
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
}

const sizeOf = ({ Source = '', DetailType = '', Detail = '', Resources, Time }: Entry): number =>
  [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    Time === undefined ? 0 : TIME_BYTES,
  );

function problemOf({ Source, DetailType, Detail }: Entry): EntryResult | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail }))
    if (!value)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  if (Source?.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };
  return isJsonObject(Detail ?? '')
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
