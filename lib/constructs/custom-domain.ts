import {
  BasePathMapping,
  DomainName,
  EndpointType,
  type RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';

export interface CustomDomainProps {
  readonly api: RestApi;
  /** E.g. `scim.example.com`. */
  readonly domainName: string;
  /** An ACM certificate for the name, in the region of the API. */
  readonly certificateArn: string;
}

/** The API under a name of one's own, at the same path: `https://<domainName>/scim/v2`. */
export class CustomDomain extends Construct {
  public readonly domain: DomainName;

  public constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    this.domain = new DomainName(this, 'Domain', {
      domainName: props.domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new BasePathMapping(this, 'Mapping', {
      domainName: this.domain,
      basePath: 'scim',
      restApi: props.api,
      stage: props.api.deploymentStage,
    });
  }
}
