import { pick, type Random } from '../../random';
import type { SoakDomain } from '../model/world';
import type { AdminOperation, DeploymentOperation } from '../operations/operation';
import { SHARED_GROUPS } from './draw-client';

const MAX_SEATS = 60;
const USER_TYPES = ['Full User', 'Core User'];
/** A part of the name of each function that a kill interrupts in its work. */
const KILLED = [
  'FunctionsUsers',
  'FunctionsGroups',
  'FunctionsBulk',
  'LicenseChanges',
  'MailOutbox',
  'MailEvents',
  'WorkDispatcher',
  'EventFeed',
  'Webhooks',
  'Promoter',
  'Sweeper',
  'Mappings',
] as const;

/** The traits of a domain. Its position decides them, and they decide its settings. */
export interface DomainTraits {
  readonly hasSeats: boolean;
  readonly hasMappings: boolean;
}

/** Returns the traits of a domain: the first one has neither, and the others differ. */
export const traitsOf = (index: number): DomainTraits => ({
  hasSeats: [1, 2, 4].includes(index % 5),
  hasMappings: [1, 3].includes(index % 5),
});

/** Draws the operations of the administrator of one domain. */
export class AdminDraw {
  private created = 0;
  private connections: string[] = [];
  private invited: string[] = [];

  constructor(
    private readonly name: string,
    private readonly domain: SoakDomain,
    private readonly random: Random,
  ) {}

  next(): AdminOperation {
    const { random, domain, name } = this;
    const { hasSeats, hasMappings } = traitsOf(domain.index);
    const users = [...domain.users.values()].filter(({ id }) => id !== undefined);
    const user = users[random(Math.max(1, users.length))]?.name;
    const kind = pick(random, [
      ['setSeats', hasSeats ? 6 : 0],
      ['renameDomain', 1],
      ['pauseMail', 1],
      ['replaceKey', user === undefined ? 0 : 4],
      ['deactivate', user === undefined ? 0 : 2],
      ['setMappings', hasMappings ? 3 : 0],
      ['createConnection', this.connections.length < 5 ? 2 : 0],
      ['rotateSecret', this.connections.length > 0 ? 1 : 0],
      ['revokeConnection', this.connections.length > 0 ? 1 : 0],
      ['invite', this.invited.length < 5 ? 1 : 0],
      ['withdraw', this.invited.length > 0 ? 1 : 0],
    ] as const);
    switch (kind) {
      case 'setSeats': {
        const seats = random(12) === 0 ? null : random(MAX_SEATS);
        const usual = domain.index % 5 === 2 ? 'refuse' : 'wait';
        const other = usual === 'wait' ? 'refuse' : 'wait';
        return { do: kind, seats, seatPolicy: random(5) === 0 ? other : usual };
      }
      case 'renameDomain':
        return { do: kind, name: `Soak ${name} ${random(1_000_000)}` };
      case 'pauseMail':
        return { do: kind, isPaused: random(2) === 0 };
      case 'replaceKey':
      case 'deactivate':
        return { do: kind, user: user ?? '' };
      case 'setMappings':
        return {
          do: kind,
          groups: SHARED_GROUPS.filter(() => random(3) > 0),
          userTypes: random(2) === 0 ? USER_TYPES : [...USER_TYPES].reverse(),
        };
      case 'createConnection': {
        const connection = `${name}-${++this.created}`;
        this.connections.push(connection);
        return { do: kind, connection };
      }
      case 'rotateSecret':
        return { do: kind, connection: this.connections[random(this.connections.length)] ?? '' };
      case 'revokeConnection':
        return { do: kind, connection: this.taken(this.connections) };
      case 'invite': {
        const email = `${name}-${++this.created}`;
        this.invited.push(email);
        return { do: kind, email, role: random(2) === 0 ? 'owner' : 'viewer' };
      }
      case 'withdraw':
        return { do: kind, email: this.taken(this.invited) };
    }
  }

  private taken(names: string[]): string {
    return names.splice(this.random(names.length), 1)[0] ?? '';
  }
}

/** Draws what happens to the deployment. */
export function drawForDeployment(random: Random): DeploymentOperation {
  const webhook = random(100);
  const kind = pick(random, [
    ['kill', 12],
    ['pauseWebhook', 1],
    ['rotateWebhookSecret', 1],
    ['replayWebhook', 1],
    ['retryWebhook', 2],
  ] as const);
  switch (kind) {
    case 'kill':
      return { do: kind, function: KILLED[random(KILLED.length)] ?? '' };
    case 'pauseWebhook':
      return { do: kind, webhook, ms: random(3_000) };
    case 'replayWebhook':
      return { do: kind, webhook, ms: random(20_000) };
    default:
      return { do: kind, webhook };
  }
}
