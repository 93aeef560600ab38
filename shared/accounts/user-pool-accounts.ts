import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  CodeDeliveryFailureException,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  LimitExceededException,
  UnsupportedUserStateException,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { requestTimeouts } from '../request-timeouts';
import { retry } from '../retry/retry';
import { isUncertain } from '../retry/transient-error';

const REQUEST_TIMEOUT_MS = 5_000;
/** The clocks of Cognito and of the function may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Cognito refuses an address, or cannot send an email to it. */
export class AccountRefused extends Error {
  override readonly name = 'AccountRefused';
}

/** Cognito sends no more emails, or creates no more accounts, for now. */
export class AccountsExhausted extends Error {
  override readonly name = 'AccountsExhausted';
}

/** An account of the user pool. */
export interface Account {
  /** The subject of its ID tokens. */
  readonly subject: string;
  /** False if the account existed before. */
  readonly isNew: boolean;
  /** False if the account cannot sign in, because it is disabled or its address is not verified. */
  readonly isUsable: boolean;
}

/** The accounts of portal users in the user pool of the stage. */
export class UserPoolAccounts {
  private readonly client = new CognitoIdentityProviderClient({
    // `retry` repeats requests.
    maxAttempts: 1,
    requestHandler: requestTimeouts(REQUEST_TIMEOUT_MS),
  });

  constructor(private readonly userPoolId: string) {}

  /**
   * Returns the account of an address. If there is none, creates it, and Cognito emails a temporary password,
   * which is valid for seven days. If nobody has used the account yet, Cognito emails the password again.
   * Throws `AccountRefused` if Cognito refuses the address, and `AccountsExhausted` if its quota is used up.
   */
  async create(email: string, name?: string): Promise<Account> {
    const startedAt = Date.now();
    let mayExist = false;
    const create = this.creation(email, name);
    try {
      return await retry(async () => {
        try {
          const { User } = await this.client.send(create);
          return { subject: subjectOf(User?.Attributes), isNew: true, isUsable: true };
        } catch (error) {
          if (error instanceof UsernameExistsException)
            return this.existing(email, mayExist ? startedAt - CLOCK_TOLERANCE_MS : undefined);
          mayExist ||= isUncertain(error);
          throw error;
        }
      });
    } catch (error) {
      if (error instanceof InvalidParameterException || error instanceof CodeDeliveryFailureException)
        throw new AccountRefused(error.message);
      if (error instanceof LimitExceededException) throw new AccountsExhausted(error.message);
      throw error;
    }
  }

  /** Deletes an account. Succeeds if it does not exist. */
  async delete(subject: string): Promise<void> {
    try {
      const { userPoolId: UserPoolId } = this;
      // The subject is the username in a pool whose users sign in by their address.
      await retry(() => this.client.send(new AdminDeleteUserCommand({ UserPoolId, Username: subject })));
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  }

  private creation(
    email: string,
    name: string | undefined,
    MessageAction?: 'RESEND',
  ): AdminCreateUserCommand {
    return new AdminCreateUserCommand({
      UserPoolId: this.userPoolId,
      Username: email,
      DesiredDeliveryMediums: ['EMAIL'],
      MessageAction,
      UserAttributes: [
        { Name: 'email', Value: email },
        // Only the owner of the address gets the temporary password.
        { Name: 'email_verified', Value: 'true' },
        ...(name === undefined ? [] : [{ Name: 'name', Value: name }]),
      ],
    });
  }

  /** An account that was created after `createdAfter` is the one of a request whose response was lost. */
  private async existing(email: string, createdAfter: number | undefined): Promise<Account> {
    const { UserAttributes, UserStatus, Enabled, UserCreateDate } = await this.client.send(
      new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: email }),
    );
    const isNew = createdAfter !== undefined && (UserCreateDate?.getTime() ?? 0) >= createdAfter;
    if (!isNew && UserStatus === 'FORCE_CHANGE_PASSWORD')
      await this.client.send(this.creation(email, undefined, 'RESEND')).catch(ignoreUsedAccount);
    const isVerified = UserAttributes?.some(
      ({ Name, Value }) => Name === 'email_verified' && Value === 'true',
    );
    return {
      subject: subjectOf(UserAttributes),
      isNew,
      isUsable: Enabled !== false && isVerified === true,
    };
  }
}

/** The user has signed in since the account was read. */
function ignoreUsedAccount(error: unknown): void {
  if (!(error instanceof UnsupportedUserStateException)) throw error;
}

function subjectOf(attributes: readonly AttributeType[] | undefined): string {
  const subject = attributes?.find(({ Name }) => Name === 'sub')?.Value;
  if (subject === undefined) throw new Error('Cognito returned an account without a subject.');
  return subject;
}
