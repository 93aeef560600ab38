import {
  BasePathMapping,
  DomainName,
  EndpointType,
  type RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import { WELL_KNOWN } from '../../../shared/credentials/oauth-paths';

export interface CustomDomainProps {
  readonly scimApi: RestApi;
  readonly licenseApi: RestApi;
  /** An example is `scim.example.com`. */
  readonly domainName: string;
  /** An ACM certificate for the name, in the region of the API. */
  readonly certificateArn: string;
}

/**
 * A custom domain for both APIs, with the same paths: `https://<domainName>/scim/v2`, `…/license/v1/check`.
 * It also has the metadata of OAuth at its standard place: `…/.well-known/oauth-authorization-server/scim`.
 */
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
    this.map('Mapping', 'scim', props.scimApi);
    this.map('WellKnownMapping', WELL_KNOWN, props.scimApi);
    this.map('LicenseMapping', 'license', props.licenseApi);
  }

  private map(id: string, basePath: string, restApi: RestApi): void {
    new BasePathMapping(this, id, {
      domainName: this.domain,
      basePath,
      restApi,
      stage: restApi.deploymentStage,
    });
  }
}
