import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distributionsFromTemplate } from '../../../../local/services/cloudfront/distribution';
import { serveDistribution } from '../../../../local/services/cloudfront/server';
import { type Listening, LOOPBACK } from '../../../../local/host/http';
import { UserError } from '../../../../local/host/user-error';
import { resource, stackWith } from '../../resources';

const BUCKET_ARN = 'arn:aws:s3:::bucket';

const PAGES =
  'function handler(event) { event.request.uri = event.request.uri.replace(/^[^.]*$/, "/index.html"); return event.request; }';

const behavior = (origin: string, more: Readonly<Record<string, unknown>> = {}) => ({
  TargetOriginId: origin,
  ResponseHeadersPolicyId: 'policy',
  ...more,
});

function resources(directory: string) {
  const stack = stackWith({ h1: directory });
  const distribution = {
    DistributionConfig: {
      Origins: [
        { Id: 'files', DomainName: 'bucket.s3.us-east-1.amazonaws.com' },
        {
          Id: 'api',
          DomainName: 'abc.execute-api.us-east-1.amazonaws.com',
          OriginCustomHeaders: [{ HeaderName: 'X-Origin-Secret', HeaderValue: 'secret' }],
        },
      ],
      CacheBehaviors: [
        behavior('api', { PathPattern: 'admin/*', AllowedMethods: ['GET', 'POST'] }),
        behavior('files', { PathPattern: '/assets/*' }),
      ],
      DefaultCacheBehavior: behavior('files', {
        FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'arn:fn' }],
      }),
    },
  };
  const policy = {
    ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" },
        ContentTypeOptions: {},
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true },
      },
      CustomHeadersConfig: { Items: [{ Header: 'permissions-policy', Value: 'usb=()' }] },
    },
  };
  return [
    resource('AWS::CloudFront::Distribution', 'E1', distribution, { DomainName: 'd1.cloudfront.net' }),
    resource('AWS::CloudFront::Function', 'F', { FunctionCode: PAGES }, { FunctionARN: 'arn:fn' }),
    resource('AWS::CloudFront::ResponseHeadersPolicy', 'policy', policy),
    resource(
      'AWS::S3::Bucket',
      'bucket',
      {},
      { Arn: BUCKET_ARN, RegionalDomainName: 'bucket.s3.us-east-1.amazonaws.com' },
    ),
    resource(
      'Custom::CDKBucketDeployment',
      'D',
      {
        DestinationBucketName: 'bucket',
        SourceObjectKeys: ['h1.zip'],
        SystemMetadata: { 'cache-control': 'no-cache' },
      },
      {},
      stack,
    ),
  ];
}

describe('a local distribution', () => {
  let directory: string;
  let api: Server;
  let listening: Listening;
  const forbidden = new Set<string>();

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'site-'));
    writeFileSync(path.join(directory, 'index.html'), '<html>');
    api = createServer((request, response) => {
      response.writeHead(418, {
        'x-origin-secret-seen': String(request.headers['x-origin-secret']),
        'x-seen': `${request.method} ${request.url} ${String(request.headers['x-forwarded-for'])}`,
      });
      request.pipe(response);
    });
    await new Promise<void>((resolve) => api.listen(0, LOOPBACK, resolve));
    const { port } = api.address() as { port: number };
    const [distribution] = distributionsFromTemplate(resources(directory));
    if (!distribution) throw new Error('There is no distribution.');
    const mayRead = (bucketArn: string, key: string) => {
      expect(bucketArn).toBe(BUCKET_ARN);
      return !forbidden.has(key);
    };
    const parts = { distribution, apiPorts: new Map([['abc', port]]), mayRead };
    listening = await serveDistribution(() => parts, 0);
  });
  afterAll(async () => {
    await listening.close();
    api.close();
    rmSync(directory, { recursive: true });
  });

  const get = (url: string, init?: RequestInit) => fetch(listening.url + url, init);

  it.each(['/', '/index.html', '/domains/d1/users?search=a'])('serves the page at %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toBe('<html>');
  });

  it('adds the headers of the policy', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=60; includeSubDomains');
    expect(headers.get('permissions-policy')).toBe('usb=()');
  });

  it('sends the cache control of a file, and none with an error', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/none.css')).headers.get('cache-control')).toBeNull();
  });

  it('responds with 304 if the client has the page', async () => {
    const { headers } = await get('/');
    const again = await get('/', { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it.each(['/assets/none.js', '/none.css', '/..%2findex.html'])('does not find %s', async (url) => {
    expect((await get(url)).status).toBe(403);
  });

  it('refuses a file that the policy of the bucket does not let it read', async () => {
    forbidden.add('index.html');
    const response = await get('/');
    forbidden.clear();
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('AccessDenied');
  });

  it('refuses a path that is not UTF-8', async () => {
    expect((await get('/assets/%ff.js')).status).toBe(400);
    expect((await get('/%.js')).status).toBe(400);
  });

  it('continues after a client disconnects in the middle of its request', async () => {
    const { port } = new URL(listening.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), LOOPBACK, () => {
        socket.write('POST /admin/v1/me HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf');
        api.once('request', () => socket.destroy());
      });
      socket.once('close', () => resolve());
    });
    expect((await get('/admin/v1/me')).status).toBe(418);
  });

  it('forwards method, query, body and client address to the API', async () => {
    const response = await get('/admin/v1/me?a=1', { method: 'POST', body: 'sent' });
    expect(response.status).toBe(418);
    expect(response.headers.get('x-seen')).toBe('POST /admin/v1/me?a=1 127.0.0.1');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('sent');
  });

  it('overrides the viewer’s headers', async () => {
    for (const init of [{}, { headers: { 'X-ORIGIN-SECRET': 'guessed' } }]) {
      const response = await get('/admin/v1/me', init);
      expect(response.headers.get('x-origin-secret-seen')).toBe('secret');
    }
  });

  it('refuses a method that the behavior does not allow', async () => {
    expect((await get('/', { method: 'POST' })).status).toBe(403);
  });

  it('refuses unsupported properties and origins', () => {
    const [distribution, ...others] = resources(directory);
    const config = distribution?.properties.DistributionConfig as Record<string, unknown>;
    const odd = { ...config, CustomErrorResponses: [{ ErrorCode: 403 }] };
    const changed = resource('AWS::CloudFront::Distribution', 'E1', { DistributionConfig: odd });
    expect(() => distributionsFromTemplate([changed, ...others])).toThrow(UserError);
    expect(() =>
      distributionsFromTemplate([distribution, others[0], others[1]].flatMap((one) => one ?? [])),
    ).toThrow(/serves nothing at bucket\.s3/);
  });
});
