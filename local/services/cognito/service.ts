import type { CloudContext } from '../../cloud/context';
import type { AwsOperations, Operations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { arn, REGION, URL_SUFFIX } from '../../cloud/template/account';
import { type ResourceTypes, shortId } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { replaceUrls, type Rewrite } from '../../cloud/template/rewrite';
import { Accounts } from './accounts';
import { adminUserOperations } from './admin-users';
import { Issuer } from './issuer';
import { signInOperations } from './operations';
import { userAttributeOperations } from './user-attributes';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Cognito::UserPool': (naming) => {
    const id = `${REGION}_${shortId(naming, 9)}`;
    const provider = `cognito-idp.${REGION}.${URL_SUFFIX}/${id}`;
    return {
      ref: id,
      attributes: {
        Arn: arn('cognito-idp', `userpool/${id}`),
        UserPoolId: id,
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': (naming) => {
    const id = shortId(naming, 26);
    return { ref: id, attributes: { ClientId: id } };
  },
  'AWS::Cognito::UserPoolDomain': (naming) => ({ ref: String(naming.property('Domain')), attributes: {} }),
};

/** Cognito with one user pool, which is an OpenID issuer without passwords. */
export class CognitoService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The people who may sign in. */
  readonly accounts = new Accounts();
  private issuer: Issuer | undefined;

  async prepare(context: CloudContext, resources: readonly Resource[]): Promise<Rewrite | undefined> {
    this.accounts.open(context.state.file('accounts.json'));
    this.issuer = await Issuer.listen(resources, this.accounts, context);
    const { issuer } = this;
    return issuer && replaceUrls(issuer.awsUrls.map((url) => [url, issuer.url]));
  }

  async start(_: CloudContext, resources: readonly Resource[]): Promise<void> {
    await this.issuer?.open(resources);
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: context.endpointUrl() };
  }

  operations(): AwsOperations {
    const { issuer } = this;
    if (!issuer) return {};
    return {
      ...adminUserOperations(issuer.poolId, () => issuer.pool, this.accounts),
      ...userAttributeOperations(
        () => issuer.pool,
        this.accounts,
        (token) => issuer.verify(token),
      ),
    };
  }

  localOperations(): Operations {
    return this.issuer ? signInOperations(this.issuer, this.accounts) : {};
  }
}
