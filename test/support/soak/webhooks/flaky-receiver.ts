import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyWebhook } from '../../../../sdk/src/webhook.ts';
import type { ChangeEvent } from '../../../../shared/events/event';
import { readBody } from '../../../../local/host/http';
import { selfSigned } from '../../assertions/self-signed';
import { pick, type Random } from '../../random';

/** The reaction of the receiver to a message. Only `accept`, `slow`, and `lost` put it into the log. */
const MOODS = [
  ['accept', 120],
  ['slow', 10],
  // The receiver accepts the message, but the service does not learn it.
  ['lost', 3],
  ['error', 10],
  ['busy', 1],
  ['reset', 3],
  ['hang', 1],
] as const;
type Mood = (typeof MOODS)[number][0];
const LONGEST_SLOW_MS = 1_500;

/** The messages that one webhook has sent. */
export interface Inbox {
  secrets: string[];
  /** Whether the service may already sign with a secret that the response has not returned yet. */
  isRotating: boolean;
  /** The events of accepted messages by their ids, in the order of the first acceptance. */
  readonly accepted: Map<string, ChangeEvent>;
  messages: number;
  /** The messages with an event that was accepted before. */
  repeated: number;
  readonly moods: Record<string, number>;
  /** A sentence for each message that the receiver must never get. */
  readonly problems: string[];
  /** The digest of the body of each message, by the id of its event. */
  readonly bodies: Map<string, string>;
}

/** A receiver of webhooks over HTTPS, which often fails. It logs the verified events that it has accepted. */
export class FlakyReceiver {
  private readonly inboxes = new Map<string, Inbox>();
  private isGood = false;
  private directory: string | undefined;

  private constructor(
    private readonly server: Server,
    private readonly random: Random,
    /** The certificate that the service must trust, in PEM. */
    private readonly certificate: string,
  ) {
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(random: Random): Promise<FlakyReceiver> {
    const { key, cert } = selfSigned();
    const server = createServer({ key, cert });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FlakyReceiver(server, random, cert);
  }

  get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Returns the options of a system that sends webhooks to this receiver. */
  systemOptions() {
    this.directory ??= mkdtempSync(path.join(tmpdir(), 'receiver-'));
    const trusted = path.join(this.directory, 'receiver.pem');
    writeFileSync(trusted, this.certificate);
    return {
      flags: ['--webhook-origin', this.origin],
      environment: { NODE_EXTRA_CA_CERTS: trusted },
    };
  }

  /** Returns the inbox of the endpoint `<origin>/<name>`. */
  inbox(name: string): Inbox {
    const known = this.inboxes.get(name);
    if (known) return known;
    const inbox: Inbox = {
      ...{
        secrets: [],
        isRotating: false,
        accepted: new Map(),
        messages: 0,
        repeated: 0,
        moods: {},
        problems: [],
      },
      bodies: new Map(),
    };
    this.inboxes.set(name, inbox);
    return inbox;
  }

  /** Accepts everything from now on. */
  calm(): void {
    this.isGood = true;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    if (this.directory) rmSync(this.directory, { recursive: true });
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request).catch(() => undefined)) ?? Buffer.alloc(0);
    const inbox = this.inbox((request.url ?? '').slice(1));
    const mood = this.isGood ? 'accept' : pick<Mood>(this.random, MOODS);
    inbox.messages++;
    inbox.moods[mood] = (inbox.moods[mood] ?? 0) + 1;
    const event = verified(inbox, request, body);
    if (!event) return void response.writeHead(401).end();
    if (mood === 'slow') await sleep(this.random(LONGEST_SLOW_MS));
    if (mood === 'accept' || mood === 'slow' || mood === 'lost') accept(inbox, event);
    switch (mood) {
      case 'accept':
      case 'slow':
        return void response.writeHead(204).end();
      case 'lost':
      case 'reset':
        return void request.socket.destroy();
      case 'error':
        return void response.writeHead(500).end();
      case 'busy':
        return void response.writeHead(503, { 'retry-after': '1' }).end();
      case 'hang':
    }
  }
}

/** Returns the event of a genuine message. */
function verified(
  inbox: Inbox,
  { headers }: IncomingMessage,
  body: Buffer | string,
): ChangeEvent | undefined {
  const bytes = Buffer.from(body);
  try {
    const { id, event } = verifyWebhook({ body: bytes, headers }, { secrets: inbox.secrets });
    const digest = createHash('sha256').update(bytes).digest('hex');
    if ((inbox.bodies.get(id) ?? digest) !== digest) inbox.problems.push(`${id} came with other bytes.`);
    if (event.id !== id) inbox.problems.push(`The message ${id} has the event ${event.id}.`);
    inbox.bodies.set(id, digest);
    return event;
  } catch (error) {
    if (!inbox.isRotating) inbox.problems.push(`A message is not genuine: ${String(error)}`);
    return undefined;
  }
}

function accept(inbox: Inbox, event: ChangeEvent): void {
  if (inbox.accepted.has(event.id)) inbox.repeated++;
  else inbox.accepted.set(event.id, event);
}
