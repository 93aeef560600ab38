import { SendingLimits, type SendingLimitOptions, type SendQuota } from './sending-limits';

export interface AccountState {
  /** Emails reach verified addresses only. */
  readonly sandbox: boolean;
  /** Sends are refused. */
  readonly paused: boolean;
  /** The identities of the template are verified. */
  readonly verified: boolean;
  /** The reputation of the account, from 0 to 1. SES calculates it; here, tests set it. */
  readonly bounceRate: number;
  readonly complaintRate: number;
  /** The recipients in 24 hours. @default that of a new account, or of the options */
  readonly quota?: number;
}

export interface AccountSettings extends SendingLimitOptions {
  /** @default false */
  readonly sandbox?: boolean;
  /** The identities that are verified besides those of the template. */
  readonly identities?: readonly string[];
}

/** SES accepts emails to its mailbox simulator in the sandbox too. */
const SIMULATOR = 'simulator.amazonses.com';

/** The account and identities of SES. An identity is an address, or a domain with all its subdomains. */
export class SesAccount {
  state: AccountState;
  private ofTemplate: readonly string[] = [];
  private readonly verified: Set<string>;
  private configurationSets: readonly string[] = [];
  private readonly limits: SendingLimits;

  constructor({ sandbox = false, identities = [], ...limits }: AccountSettings = {}) {
    this.state = { sandbox, paused: false, verified: true, bounceRate: 0, complaintRate: 0 };
    this.verified = new Set(identities);
    this.limits = new SendingLimits(limits);
  }

  /** Sets the identities and configuration sets that the template creates. */
  setTemplate(identities: readonly string[], configurationSets: readonly string[]): void {
    this.ofTemplate = identities;
    this.configurationSets = configurationSets;
  }

  verify(identity: string): void {
    this.verified.add(identity);
  }

  hasConfigurationSet(name: string): boolean {
    return this.configurationSets.includes(name);
  }

  /** Returns the most specific identity that contains an address; the address itself if there is none. */
  identityOf(address: string): string {
    return candidates(address).find((name) => this.knows(name)) ?? address;
  }

  /** Returns the addresses that may not send or receive, because no identity of them is verified. */
  unverified(sender: string, recipients: readonly string[]): string[] {
    const isVerified = (address: string) => candidates(address).some((name) => this.isVerified(name));
    const checked = this.state.sandbox ? [sender, ...recipients] : [sender];
    return checked.filter((address) => !isVerified(address) && !isSimulated(address));
  }

  /**
   * Counts a send. Returns the message of SES's `Throttling` if the limits of the account do not allow it.
   */
  countSend(recipients: readonly string[]): string | undefined {
    const ofQuota = recipients.filter((address) => !isSimulated(address)).length;
    return this.limits.take(recipients.length, ofQuota, this.state.sandbox);
  }

  /** Returns what `GetSendQuota` and `GetAccount` report. */
  get quota(): SendQuota {
    return this.limits.report(this.state.sandbox);
  }

  set(changes: Partial<AccountState>): AccountState {
    this.state = { ...this.state, ...changes };
    if (changes.quota !== undefined) this.limits.setQuota(changes.quota);
    return this.state;
  }

  /** Returns the response of `GetAccount`. */
  account(): object {
    const { sandbox, paused } = this.state;
    return {
      ProductionAccessEnabled: !sandbox,
      SendingEnabled: !paused,
      EnforcementStatus: 'HEALTHY',
      SendQuota: this.quota,
    };
  }

  /** Returns the response of `GetEmailIdentity`; undefined if there is no such identity. */
  identity(name: string): object | undefined {
    if (!this.knows(name)) return undefined;
    const verified = this.isVerified(name);
    return {
      IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
      VerifiedForSendingStatus: verified,
      VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
    };
  }

  private knows(name: string): boolean {
    return this.ofTemplate.includes(name) || this.verified.has(name);
  }

  private isVerified(name: string): boolean {
    return this.verified.has(name) || (this.state.verified && this.ofTemplate.includes(name));
  }
}

const isSimulated = (address: string): boolean => address.endsWith(`@${SIMULATOR}`);

/** Returns the identities that could contain an address, the most specific one first. */
function candidates(address: string): string[] {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const labels = domain.split('.');
  return [address, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))];
}
