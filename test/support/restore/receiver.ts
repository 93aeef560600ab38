import type { ChangeEvent } from '../../../shared/events/event';
import { listen, readBody } from '../../../local/host/http';

/** The endpoint of a product that gets webhooks. It outlives the system. */
export interface Receiver {
  readonly origin: string;
  readonly url: string;
  /** Returns the largest number of the events of a user; 0 if there are none. */
  readonly sequenceOf: (userId: string) => number;
  /** Returns how many messages about a user there were. */
  readonly countOf: (userId: string) => number;
  readonly close: () => void;
}

export async function startReceiver(): Promise<Receiver> {
  const events: ChangeEvent[] = [];
  const { server, url } = await listen(async (request, response) => {
    const body = (await readBody(request))?.toString() ?? '{}';
    events.push(JSON.parse(body) as ChangeEvent);
    response.writeHead(200).end();
  }, 0);
  return {
    origin: url,
    url: `${url}/events`,
    sequenceOf: (userId) => lastSequence(events, userId),
    countOf: (userId) => events.filter(({ subject }) => subject.id === userId).length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Returns the largest number of the events of a user; 0 if there are none. */
export const lastSequence = (events: readonly ChangeEvent[], userId: string): number =>
  Math.max(
    0,
    ...events
      .filter(({ subject }) => subject.type === 'user' && subject.id === userId)
      .map(({ sequence }) => sequence),
  );
