import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../../cloud/template/account';

/** An event as the rules of a bus see it. */
interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** RFC 3339, in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** An event that has arrived, with the text of its detail, whose bytes tests compare. */
export interface ArrivedEvent {
  readonly event: BusEvent;
  readonly detail: string;
}

/** An event before it has an ID. */
export interface NewBusEvent {
  readonly detailType: string;
  readonly source: string;
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** The events that a bus keeps for tests. */
const MAX_EVENTS = 2_000;

/** The event buses of the template. They have no rules with patterns, so events only arrive. */
export class EventBuses {
  private readonly events = new Map<string, ArrivedEvent[]>();

  /** `names` are those of the buses in the template. Each account also has the bus `default`. */
  constructor(names: readonly string[]) {
    for (const name of ['default', ...names]) this.events.set(name, []);
  }

  has(name: string): boolean {
    return this.events.has(name);
  }

  /** Adds an event to a bus. Returns its ID. */
  put(name: string, { detailType, source, detail, resources, time }: NewBusEvent): string {
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: ACCOUNT,
      time: time.toISOString().replace(/\.\d+/, ''),
      region: REGION,
      resources,
      detail: JSON.parse(detail),
    };
    const events = this.events.get(name);
    events?.push({ event, detail });
    if (events && events.length > MAX_EVENTS) events.shift();
    return event.id;
  }

  /** Returns the latest events of each bus whose detail contains a text, in the order of their arrival. */
  arrived(text = ''): Readonly<Record<string, readonly ArrivedEvent[]>> {
    const found = [...this.events].map(([name, events]) => [
      name,
      events.filter(({ detail }) => detail.includes(text)),
    ]);
    return Object.fromEntries(found) as Record<string, readonly ArrivedEvent[]>;
  }
}
