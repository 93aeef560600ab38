import { Aws, CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import {
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  ClientAttributes,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { ScimFunction } from '../common/scim-function';
import type { DataPolicy } from '../stage/data-policy';
import { nameInStage } from '../stage/stage';
import type { IssuerSettings } from '../../../shared/service/credentials/portal-token-verifier';

/** An existing issuer. */
type ExternalIssuer = IssuerSettings;

export interface PortalSignInProps {
  /** @default - a Cognito user pool is created */
  readonly externalIssuer?: ExternalIssuer;
  readonly data: DataPolicy;
}

/** The sign-in of the portal's users: a new Cognito user pool, or an existing OpenID issuer. */
export class PortalSignIn extends Construct {
  /** The `iss` claim of the tokens. */
  public readonly issuer: string;
  /** The OAuth scopes. Cognito always returns a refresh token, and refuses `offline_access`. */
  public readonly scope: string;
  /** The origins that the page connects to for discovery, keys and tokens. */
  public readonly connectOrigins: readonly string[];
  /** The user pool of the stage; undefined if portal users sign in at another issuer. */
  private readonly pool: UserPool | undefined;
  private readonly rolesClaim: string;
  private readonly clientIdFor: (origin: string) => string;

  public constructor(scope: Construct, id: string, { externalIssuer, data }: PortalSignInProps) {
    super(scope, id);
    if (externalIssuer) {
      this.issuer = externalIssuer.issuer;
      this.rolesClaim = externalIssuer.rolesClaim;
      this.clientIdFor = () => externalIssuer.clientId;
      this.scope = 'openid profile email offline_access';
      this.connectOrigins = [new URL(externalIssuer.issuer).origin];
      return;
    }
    const pool = this.createUserPool(data);
    this.pool = pool;
    new CfnOutput(this, 'UserPoolId', {
      key: 'userPoolId',
      description: 'User pool of the portal users',
      value: pool.userPoolId,
    });
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${nameInStage(this, 'scim-portal')}-${Aws.ACCOUNT_ID}` },
    });
    this.issuer = pool.userPoolProviderUrl;
    this.clientIdFor = (origin) => createClient(pool, origin).userPoolClientId;
    this.rolesClaim = 'cognito:groups';
    this.scope = 'openid profile email';
    this.connectOrigins = [`https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`, domain.baseUrl()];
  }

  /**
   * Allows the function to create and delete the accounts of administrators, if the stage has a user pool.
   */
  public grantAccounts(fn: ScimFunction): void {
    if (!this.pool) return;
    fn.grant(
      new PolicyStatement({
        actions: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser', 'cognito-idp:AdminDeleteUser'],
        resources: [this.pool.userPoolArn],
      }),
      { [ENV.userPoolId]: this.pool.userPoolId },
    );
  }

  /** Returns the settings of the portal at `origin` as a client of the issuer, for checking its tokens. */
  public clientFor(origin: string): IssuerSettings {
    return { issuer: this.issuer, clientId: this.clientIdFor(origin), rolesClaim: this.rolesClaim };
  }

  private createUserPool({ removalPolicy, protect }: DataPolicy): UserPool {
    const pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: {
        email: { required: true, mutable: true },
        fullname: { required: false, mutable: true },
      },
      // The old address stays until the user has proved to own the new one.
      keepOriginal: { email: true },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      deletionProtection: protect,
      removalPolicy,
    });
    for (const id of ['AwsSolutions-COG3', 'AwsSolutions-COG8']) {
      Validations.of(pool).acknowledge({
        id,
        reason:
          'Threat protection needs the Plus plan. An operator creates users, and they need a second factor.',
      });
    }
    new CfnUserPoolGroup(this, 'Operators', {
      userPoolId: pool.userPoolId,
      groupName: 'operator',
      // The first request of a member makes the person an operator. Then only the roles of the service count.
      description: 'Become operators with their first request',
    });
    return pool;
  }
}

function createClient(pool: UserPool, origin: string): UserPoolClient {
  const client = pool.addClient('Portal', {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
      callbackUrls: [`${origin}/signed-in`],
      logoutUrls: [`${origin}/`],
    },
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    // Lasts a working day.
    refreshTokenValidity: Duration.hours(12),
    // The audit log shows the name, so users must not choose it. Cognito requires the required attributes
    // here.
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
  });
  // A sign-in through the API would return a token by which users change their own address. The sign-in page
  // needs none.
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  return client;
}
