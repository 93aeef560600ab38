import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { requestTimeouts } from '../request-timeouts';
import { retry } from '../retry/retry';
import type { PutEvents } from './event-bus';

const REQUEST_TIMEOUT_MS = 5_000;

let client: EventBridgeClient | undefined;
const eventBridge = (): EventBridgeClient =>
  (client ??= new EventBridgeClient({
    // `retry` repeats requests. An entry may arrive twice anyway.
    maxAttempts: 1,
    requestHandler: requestTimeouts(REQUEST_TIMEOUT_MS),
  }));

/** Opens an event bus. Throws if the request fails as a whole. */
export const openEventBus =
  (busName: string): PutEvents =>
  async (entries) => {
    const command = new PutEventsCommand({
      Entries: entries.map(({ source, detailType, detail, resources, time }) => ({
        EventBusName: busName,
        Source: source,
        DetailType: detailType,
        Detail: detail,
        Resources: [...resources],
        Time: time,
      })),
    });
    const { Entries = [] } = await retry(() => eventBridge().send(command));
    return Entries.map(({ ErrorCode, ErrorMessage }) => ({
      ...(ErrorCode !== undefined && { errorCode: ErrorCode }),
      ...(ErrorMessage !== undefined && { errorMessage: ErrorMessage }),
    }));
  };
