import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { ScimFunction } from '../common/scim-function';
import { encryptSecret } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';

/**
 * The operator's token. It is generated once; `scim admin-token rotate` replaces it. Nothing is derived from
 * it.
 */
export class AdminToken extends Construct {
  public readonly secret: Secret;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Admin token of the SCIM provisioning service, without its prefix scim_admin_',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    encryptSecret(this.secret);
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Scripts contain the token, so its owner rotates it with a command.',
    });
  }

  public grantRead(fn: ScimFunction): void {
    fn.grant(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.secret.secretArn],
      }),
      { [ENV.adminTokenSecretArn]: this.secret.secretArn },
    );
    allowKeyUse(fn, 'readSecret');
  }
}
