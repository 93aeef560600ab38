import type { CloudContext } from '../../cloud/context';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Service } from '../../cloud/service';
import { ACCOUNT, arn, PARTITION } from '../../cloud/template/account';
import { byIdAttribute, nameOf, type ResourceTypes, shortId } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { replaceUrls, type Rewrite } from '../../cloud/template/rewrite';
import type { KmsService } from '../kms/service';
import type { ApiGatewayService } from '../api-gateway/service';
import { distributionsFromTemplate } from './distribution';
import { type EdgeParts, serveDistribution } from './server';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::CloudFront::Distribution': (naming) => {
    const id = `E${shortId(naming, 13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: `d${shortId(naming, 13)}.cloudfront.net` } };
  },
  'AWS::CloudFront::Function': (naming) => {
    const name = nameOf('Name', naming);
    return { ref: name, attributes: { FunctionARN: arn('cloudfront', `function/${name}`) } };
  },
  'AWS::CloudFront::OriginAccessControl': byIdAttribute('Id'),
  'AWS::CloudFront::ResponseHeadersPolicy': byIdAttribute('Id'),
};

/** CloudFront with distributions of buckets and APIs, each on a port of its own. */
export class CloudFrontService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  private readonly edges = new Map<string, EdgeParts>();

  constructor(
    private readonly apiGateway: ApiGatewayService,
    private readonly kms: KmsService,
  ) {}

  /** The first distribution listens on the port of the settings, further ones on free ports. */
  async prepare({ settings, teardown }: CloudContext, resources: readonly Resource[]): Promise<Rewrite> {
    const urls: (readonly [string, string])[] = [];
    for (const [index, { id, urls: ownUrls }] of distributionsFromTemplate(resources).entries()) {
      const port = index === 0 ? settings.portalPort : 0;
      const listening = await serveDistribution(() => this.edges.get(id), port);
      teardown.add('the distribution', listening.close);
      urls.push(...ownUrls.map((url) => [url, listening.url] as const));
    }
    return replaceUrls(urls);
  }

  start({ iam, metrics, rewriteText }: CloudContext, resources: readonly Resource[]): void {
    for (const distribution of distributionsFromTemplate(resources, rewriteText)) {
      const sourceArn = `arn:${PARTITION}:cloudfront::${ACCOUNT}:distribution/${distribution.id}`;
      const source = { service: 'cloudfront.amazonaws.com', sourceArn };
      const mayRead = (bucketArn: string, key: string) =>
        iam.allowsService(source, { action: 's3:GetObject', resource: `${bucketArn}/${key}` }, bucketArn) &&
        this.kms.keys.allowService(iam, source, { resource: bucketArn, actions: ['kms:Decrypt'], via: 's3' });
      const responded = (status: number) => reportResponse(metrics, distribution.id, status);
      this.edges.set(distribution.id, { distribution, apiPorts: this.apiGateway.ports, mayRead, responded });
    }
  }
}

/**
 * Reports a response in the metrics of its distribution (namespace `AWS/CloudFront`). Rates are in percent.
 */
function reportResponse(metrics: MetricStore, id: string, status: number): void {
  const dimensions = { DistributionId: id, Region: 'Global' };
  const put = (name: string, value: number, unit = 'Percent') =>
    metrics.put({ namespace: 'AWS/CloudFront', name, dimensions, timestamp: Date.now(), value, unit });
  put('Requests', 1, 'None');
  put('4xxErrorRate', status >= 400 && status < 500 ? 100 : 0);
  put('5xxErrorRate', status >= 500 ? 100 : 0);
  put('TotalErrorRate', status >= 400 ? 100 : 0);
}
