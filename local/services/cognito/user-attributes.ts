import * as z from 'zod';
import { type AwsOperations, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Account, Accounts } from './accounts';
import type { UserPool } from './user-pool';

/**
 * The scope of an access token that lets its user change attributes. A sign-in through the API returns it.
 */
export const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

const Update = z.object({
  AccessToken: z.string(),
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string().default('') })),
});

/** Returns the claims of an access token that the pool signed and that has not expired. */
type VerifyAccessToken = (token: string) => Promise<Readonly<Record<string, unknown>> | undefined>;

/**
 * Returns the operation by which a signed-in user changes attributes, with the permissions of the pool's
 * client.
 */
export function userAttributeOperations(
  pool: () => Pick<UserPool, 'clientId' | 'writeAttributes' | 'verifiedBeforeUpdate'>,
  accounts: Accounts,
  verify: VerifyAccessToken,
): AwsOperations {
  const accountOf = async (token: string): Promise<Account> => {
    const { token_use: use, client_id: clientId, scope, sub } = (await verify(token)) ?? {};
    const account = typeof sub === 'string' ? accounts.find(sub) : undefined;
    if (use !== 'access' || clientId !== pool().clientId || !account) throw refused('Invalid Access Token');
    if (!String(scope).split(' ').includes(SELF_SERVICE_SCOPE))
      throw refused('Access Token does not have required scopes');
    return account;
  };
  return {
    // The access token is the credential.
    'AWSCognitoIdentityProviderService.UpdateUserAttributes': {
      run: async ({ input }) => {
        const { AccessToken, UserAttributes } = readInput(Update, input, 'InvalidParameterException');
        const account = await accountOf(AccessToken);
        const { writeAttributes, verifiedBeforeUpdate } = pool();
        if (UserAttributes.some(({ Name }) => !writeAttributes.includes(Name)))
          throw refused('A client attempted to write unauthorized attribute');
        // The local pool sends no codes, so the update of such an attribute never ends.
        const isVerifiedFirst = ({ Name }: { Name: string }) => verifiedBeforeUpdate.includes(Name);
        const values = Object.fromEntries(
          UserAttributes.filter((attribute) => !isVerifiedFirst(attribute)).map(({ Name, Value }) => [
            Name,
            Value,
          ]),
        );
        accounts.add({
          ...account,
          ...(values.name !== undefined && { name: values.name }),
          ...(values.email !== undefined && { email: values.email, emailVerified: false }),
        });
        return {
          CodeDeliveryDetailsList: UserAttributes.filter(isVerifiedFirst).map(({ Name, Value }) => ({
            AttributeName: Name,
            DeliveryMedium: 'EMAIL',
            Destination: Value.replace(/^(.).*@(.).*$/, '$1***@$2***'),
          })),
        };
      },
    },
  };
}

const refused = (message: string): ServiceError => new ServiceError(400, 'NotAuthorizedException', message);
