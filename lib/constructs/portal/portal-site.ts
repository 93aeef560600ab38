import { Aws, CfnOutput, CfnParameter, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as CloudFrontFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER } from '../../../shared/deployment';
import { ADMIN_STAGE, type AdminApi } from '../admin/admin-api';
import { SCIM_STAGE, type ScimApi } from '../api/scim-api';
import { filledIn, portalAssets } from './portal-assets';
import type { PortalHelp } from './portal-help';
import {
  acknowledgeDeploymentFindings,
  acknowledgeEmptyingFindings,
  acknowledgeHostingFindings,
} from './portal-nag';
import { CUSTOM_HEADERS, portalSecurityHeaders } from './portal-headers';
import { encryptBucket } from '../encryption/encrypt';
import { keyPermission } from '../encryption/key-grants';
import type { ScimSecret } from '../common/scim-secret';
import { ServiceLog } from '../common/service-log';
import { nameInStage } from '../stage/stage';

/** Serves index.html for every path without a file extension. Runs at CloudFront's edge. */
const INDEX_FALLBACK_CODE = `function handler(event) {
  var request = event.request;
  if (!/\\.[a-z0-9]+$/.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/** Also serves index.html, which asks for a sign-in, instead of the help pages that need no script. */
const PRIVATE_HELP_CODE = INDEX_FALLBACK_CODE.replace(
  'if (',
  'if (/^\\/(llms\\.txt|help\\/[^/]+\\.md)$/.test(request.uri) || ',
);

/** The files whose names contain a hash of their content, as Vite builds them. */
const HASHED_FILES = 'assets/*';
const CACHE_FOREVER = CacheControl.fromString('public, max-age=31536000, immutable');
const CACHE_REVALIDATE = CacheControl.noCache();

/** Returns the API's own host name. Its custom domain may be that of a proxy. */
const hostNameOf = ({ api }: Pick<ScimApi, 'api'>): string =>
  `${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;

/** The content of `/config.json`, which the page reads when it starts. */
export interface PortalConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly docsUrl: string;
  readonly contactText?: string;
  readonly productName: string;
  readonly help: PortalHelp;
}

export interface PortalSiteProps {
  readonly adminApi: AdminApi;
  /** The SCIM API, to which the page sends the requests of a connection test. */
  readonly scimApi: Pick<ScimApi, 'api'>;
  /** Proves to the admin API that a request came through the distribution. */
  readonly originSecret: ScimSecret;
  /** The origins of the OpenID issuer, which the page connects to. */
  readonly signInOrigins: readonly string[];
  /** A custom domain with an ACM certificate in us-east-1. @default CloudFront's name */
  readonly customDomain?: { readonly domainName: string; readonly certificateArn: string };
  /** Whether `llms.txt` and the help pages in Markdown can be read without signing in. @default true */
  readonly publicHelp?: boolean;
}

/**
 * A distribution that serves the portal's page from a private bucket, and both APIs on the same origin.
 */
export class PortalSite extends Construct {
  public readonly distribution: Distribution;
  /** The origin, without a trailing slash. */
  public readonly url: string;
  private readonly bucket: Bucket;
  private readonly deploymentLog: ServiceLog;

  public constructor(
    scope: Construct,
    id: string,
    { adminApi, scimApi, originSecret, signInOrigins, customDomain, publicHelp = true }: PortalSiteProps,
  ) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Every deployment builds the content again. A bucket with content cannot be deleted.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    encryptBucket(this.bucket);
    // These names are global to the account.
    const globalName = (name: string) => `${nameInStage(this, `scim-portal-${name}`)}-${Aws.REGION}`;
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: globalName('headers'),
      securityHeadersBehavior: portalSecurityHeaders(signInOrigins),
      customHeadersBehavior: { customHeaders: [...CUSTOM_HEADERS] },
    });
    const files: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
        originAccessControl: new S3OriginAccessControl(this, 'Access', {
          originAccessControlName: globalName('files'),
        }),
      }),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers,
    };
    const api: Omit<BehaviorOptions, 'origin'> = {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // API Gateway accepts only its own host name.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: headers,
    };
    const pages = new CloudFrontFunction(this, 'PagesFunction', {
      functionName: globalName('pages'),
      code: FunctionCode.fromInline(publicHelp ? INDEX_FALLBACK_CODE : PRIVATE_HELP_CODE),
      runtime: FunctionRuntime.JS_2_0,
    });
    const rotation = new CfnParameter(Stack.of(this), 'PortalOriginRotation', {
      description:
        'Change it after a rotation of the secret portal-origin, so that CloudFront gets the new one',
      default: '1',
      allowedPattern: '[0-9]{1,6}',
    });
    this.distribution = new Distribution(this, 'Distribution', {
      // CloudFormation reads the secret again only if a property of the distribution changes.
      comment: `SCIM provisioning: portal and admin API, rotation ${rotation.valueAsString}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(customDomain && {
        domainNames: [customDomain.domainName],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', customDomain.certificateArn),
      }),
      defaultBehavior: {
        ...files,
        functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: pages }],
      },
      additionalBehaviors: {
        [HASHED_FILES]: files,
        [`${ADMIN_STAGE}/*`]: {
          origin: new HttpOrigin(adminApi.hostName, {
            // CloudFormation resolves the secret when it deploys. No template contains it.
            customHeaders: { [ORIGIN_SECRET_HEADER]: originSecret.secret.secretValue.unsafeUnwrap() },
          }),
          ...api,
        },
        // A browser sends the requests of a connection test only to the origin of the page.
        [`${SCIM_STAGE}/*`]: { origin: new HttpOrigin(hostNameOf(scimApi)), ...api },
      },
    });
    this.deploymentLog = new ServiceLog(this, 'DeploymentLog');
    this.url = `https://${customDomain?.domainName ?? this.distribution.distributionDomainName}`;
    if (customDomain)
      new CfnOutput(this, 'DomainTarget', {
        key: 'PortalDomainTarget',
        description: "Target of the DNS record for the portal's host name",
        value: this.distribution.distributionDomainName,
      });
    acknowledgeEmptyingFindings(this.bucket);
    acknowledgeHostingFindings(this.bucket, this.distribution, customDomain !== undefined);
  }

  /**
   * Copies the page and its settings into the bucket. Earlier files stay, because open pages may need them.
   */
  public publish(config: PortalConfig): void {
    const page = portalAssets();
    const settings = Source.jsonData('config.json', { ...config, adminApi: `/${ADMIN_STAGE}/v1` });
    // The files carry the Cache-Control header, so that browsers do not cache the response to a missing file.
    const assets = this.deploy('AssetsDeployment', {
      sources: [page],
      exclude: ['*'],
      include: [HASHED_FILES],
      cacheControl: [CACHE_FOREVER],
    });
    const otherFiles = this.deploy('Deployment', {
      sources: [filledIn(page, { ...config, portalUrl: this.url }), settings],
      exclude: [HASHED_FILES],
      cacheControl: [CACHE_REVALIDATE],
    });
    this.invalidateAfter(otherFiles);
    // The page refers to its assets, so they must exist first.
    otherFiles.node.addDependency(assets);
    acknowledgeDeploymentFindings(this.bucket, otherFiles);
  }

  /**
   * Invalidates the cache of the distribution after a deployment. With the property `distribution`, CDK would
   * allow its function to invalidate every distribution of the account.
   */
  private invalidateAfter(deployment: BucketDeployment): void {
    const resource = deployment.node
      .findAll()
      .filter((each) => each instanceof CfnResource)
      .find(({ cfnResourceType }) => cfnResourceType === 'Custom::CDKBucketDeployment');
    if (!resource) throw new Error('The deployment has no resource.');
    resource.addPropertyOverride('DistributionId', this.distribution.distributionId);
    resource.addPropertyOverride('DistributionPaths', ['/*']);
    deployment.handlerRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        resources: [this.distribution.distributionArn],
      }),
    );
  }

  private deploy(id: string, props: Omit<BucketDeploymentProps, 'destinationBucket'>): BucketDeployment {
    const deployment = new BucketDeployment(this, id, {
      destinationBucket: this.bucket,
      prune: false,
      memoryLimit: 512,
      logGroup: this.deploymentLog,
      ...props,
    });
    const permission = keyPermission(this, 'writeFiles');
    if (permission) deployment.handlerRole.addToPrincipalPolicy(permission);
    return deployment;
  }
}
