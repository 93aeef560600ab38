export interface AccountState {
  /** Mails reach verified addresses only. */
  readonly sandbox: boolean;
  /** Nothing is sent. */
  readonly paused: boolean;
  /** The identities that send. */
  readonly verified: boolean;
}

/** What SES API v2 tells of the account and of its identities: all is well unless it is told otherwise. */
export class SesAccount {
  state: AccountState = { sandbox: false, paused: false, verified: true };

  set(changes: Partial<AccountState>): AccountState {
    this.state = { ...this.state, ...changes };
    return this.state;
  }

  /** `GetAccount` */
  account(): object {
    const { sandbox, paused } = this.state;
    return {
      ProductionAccessEnabled: !sandbox,
      SendingEnabled: !paused,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: sandbox ? 200 : 50_000, MaxSendRate: sandbox ? 1 : 14, SentLast24Hours: 0 },
    };
  }

  /** `GetEmailIdentity`, of any identity */
  identity(name: string): object {
    const { verified } = this.state;
    return {
      IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
      VerifiedForSendingStatus: verified,
      VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
    };
  }
}
