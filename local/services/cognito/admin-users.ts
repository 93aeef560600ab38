import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsOperations, type Call, type Operation, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { arn } from '../../cloud/template/account';
import type { Account, Accounts } from './accounts';
import type { UserPool } from './user-pool';
import { STANDARD_ATTRIBUTES } from './user-pool';

const INVALID = 'InvalidParameterException';
const Username = z.string().min(1).max(128);
const Attribute = z.strictObject({
  Name: z.string().min(1).max(32),
  Value: z.string().max(2_048).default(''),
});

const CreateUser = z.strictObject({
  UserPoolId: z.string(),
  Username,
  UserAttributes: z.array(Attribute).default([]),
  DesiredDeliveryMediums: z.array(z.enum(['SMS', 'EMAIL'])).default(['SMS']),
  MessageAction: z.enum(['RESEND', 'SUPPRESS']).optional(),
});
const UserOfPool = z.strictObject({ UserPoolId: z.string(), Username });

/** An address as Cognito checks it. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The attributes that only an administrator of the pool may set. */
const VERIFIED = ['email_verified', 'phone_number_verified'];

/** Returns the operations by which the owner of the pool manages its users, with the errors of Cognito. */
export function adminUserOperations(
  poolId: string,
  pool: () => Pick<UserPool, 'signsInByEmail'>,
  accounts: Accounts,
  now = () => Date.now(),
): AwsOperations {
  const operation = (name: string, run: Operation): AwsOperations => ({
    [`AWSCognitoIdentityProviderService.${name}`]: {
      permission: ({ input }: Call) => ({
        action: `cognito-idp:${name}`,
        resource: arn('cognito-idp', `userpool/${String((input as { UserPoolId?: unknown }).UserPoolId)}`),
      }),
      run: (call) => {
        const { UserPoolId } = call.input as { UserPoolId?: unknown };
        if (UserPoolId === poolId) return run(call);
        throw error('ResourceNotFoundException', `User pool ${String(UserPoolId)} does not exist.`);
      },
    },
  });
  const find = (input: unknown): Account => {
    const { Username: name } = readInput(UserOfPool, input, INVALID);
    const account = accounts.find(name) ?? accounts.findByEmail(name);
    if (account) return account;
    throw error('UserNotFoundException', 'User does not exist.');
  };
  return {
    ...operation('AdminCreateUser', ({ input }) => {
      const user = readInput(CreateUser, input, INVALID);
      if (pool().signsInByEmail && !EMAIL.test(user.Username))
        throw error(INVALID, 'Username should be an email.');
      const existing = accounts.findByEmail(user.Username);
      if (user.MessageAction === 'RESEND') return { User: userView(resend(existing)) };
      if (existing) throw error('UsernameExistsException', 'User account already exists');
      const account = newAccount(user, Math.floor(now() / 1_000));
      accounts.add(account);
      return { User: userView(account) };
    }),
    ...operation('AdminGetUser', ({ input }) => {
      const { Attributes, ...user } = userView(find(input));
      return { ...user, UserAttributes: Attributes };
    }),
    ...operation('AdminDeleteUser', ({ input }) => {
      accounts.delete(find(input).id);
      return {};
    }),
  };
}

function resend(account: Account | undefined): Account {
  if (!account) throw error('UserNotFoundException', 'User does not exist.');
  if (account.status === 'FORCE_CHANGE_PASSWORD') return account;
  throw error(
    'UnsupportedUserStateException',
    `Resend not possible. ${account.email} status is not FORCE_CHANGE_PASSWORD`,
  );
}

function newAccount(user: z.output<typeof CreateUser>, createdAt: number): Account {
  const unknown = user.UserAttributes.find(
    ({ Name }) => !STANDARD_ATTRIBUTES.includes(Name) && !VERIFIED.includes(Name),
  );
  if (unknown)
    throw error(
      INVALID,
      `Attributes did not conform to the schema: Type for attribute {${unknown.Name}} could not be determined`,
    );
  const values = Object.fromEntries(user.UserAttributes.map(({ Name, Value }) => [Name, Value]));
  const email = values.email ?? user.Username;
  if (email.toLowerCase() !== user.Username.toLowerCase())
    throw error(INVALID, 'The username and the email attribute do not match.');
  // Without another medium, Cognito sends a text message.
  if (user.MessageAction !== 'SUPPRESS' && !user.DesiredDeliveryMediums.includes('EMAIL'))
    throw error(INVALID, 'User has no phone number to send the message to.');
  return {
    id: randomUUID(),
    email,
    emailVerified: values.email_verified === 'true',
    name: values.name ?? '',
    roles: [],
    status: 'FORCE_CHANGE_PASSWORD',
    createdAt,
  };
}

/** Returns a user in the form of Cognito's responses. Times are in epoch seconds. */
const userView = ({
  id,
  email,
  emailVerified = true,
  name,
  status = 'CONFIRMED',
  createdAt = 0,
}: Account) => ({
  Username: id,
  Attributes: [
    { Name: 'sub', Value: id },
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: String(emailVerified) },
    ...(name === '' ? [] : [{ Name: 'name', Value: name }]),
  ],
  Enabled: true,
  UserStatus: status,
  UserCreateDate: createdAt,
  UserLastModifiedDate: createdAt,
});

const error = (type: string, message: string): ServiceError => new ServiceError(400, type, message);
