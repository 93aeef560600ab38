export interface AccountState {
  /** Emails reach verified addresses only. */
  readonly sandbox: boolean;
  /** Sends are refused. */
  readonly paused: boolean;
  /** The sending identities are verified. */
  readonly verified: boolean;
}

/**
 * The account and identities that SES API v2 reports. They can send to everybody unless a test changes that.
 */
export class SesAccount {
  state: AccountState = { sandbox: false, paused: false, verified: true };

  set(changes: Partial<AccountState>): AccountState {
    this.state = { ...this.state, ...changes };
    return this.state;
  }

  /** Returns the response of `GetAccount`. */
  account(): object {
    const { sandbox, paused } = this.state;
    return {
      ProductionAccessEnabled: !sandbox,
      SendingEnabled: !paused,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: sandbox ? 200 : 50_000, MaxSendRate: sandbox ? 1 : 14, SentLast24Hours: 0 },
    };
  }

  /** Returns the response of `GetEmailIdentity`. All identities have the same status. */
  identity(name: string): object {
    const { verified } = this.state;
    return {
      IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
      VerifiedForSendingStatus: verified,
      VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
    };
  }
}
