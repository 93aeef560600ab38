import type { ArrivedEvent } from '../../../local/services/events/event-buses';
import { eventually } from '../jest/timeouts';
import { session } from '../system/system';

/** The name of the bus of the stage `local`. */
const BUS = 'scim-events';

/** Returns the events on the bus whose detail contains a text, in the order of their arrival. */
export async function eventsOnBus(text: string): Promise<readonly ArrivedEvent[]> {
  const response = await fetch(`${session().controlUrl}/event-buses?of=${encodeURIComponent(text)}`);
  const buses = (await response.json()) as Record<string, readonly ArrivedEvent[]>;
  return buses[BUS] ?? [];
}

/** Waits until the details of events with a text fulfill a condition, and returns the events. */
export async function busUntil(
  text: string,
  isComplete: (events: readonly ArrivedEvent[]) => boolean,
): Promise<readonly ArrivedEvent[]> {
  let events: readonly ArrivedEvent[] = [];
  await eventually('events on the bus', async () => {
    events = await eventsOnBus(text);
    return isComplete(events);
  });
  return events;
}
