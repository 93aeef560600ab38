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

const PAGES =
  'function handler(event) { event.request.uri = event.request.uri.replace(/^[^.]*$/, "/index.html"); return event.request; }';

const behaviour = (origin: string, more: Readonly<Record<string, unknown>> = {}) => ({
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
          OriginCustomHeaders: [{ HeaderName: 'X-Passage', HeaderValue: 'secret' }],
        },
      ],
      CacheBehaviors: [
        behaviour('api', { PathPattern: 'admin/*', AllowedMethods: ['GET', 'POST'] }),
        behaviour('files', { PathPattern: '/assets/*' }),
      ],
      DefaultCacheBehavior: behaviour('files', {
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
    resource('AWS::S3::Bucket', 'bucket', {}, { RegionalDomainName: 'bucket.s3.us-east-1.amazonaws.com' }),
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

describe('a distribution on this machine', () => {
  let directory: string;
  let api: Server;
  let listening: Listening;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'site-'));
    writeFileSync(path.join(directory, 'index.html'), '<html>');
    api = createServer((request, response) => {
      response.writeHead(418, {
        'x-passage-seen': String(request.headers['x-passage']),
        'x-seen': `${request.method} ${request.url} ${String(request.headers['x-forwarded-for'])}`,
      });
      request.pipe(response);
    });
    await new Promise<void>((resolve) => api.listen(0, LOOPBACK, resolve));
    const { port } = api.address() as { port: number };
    const [distribution] = distributionsFromTemplate(resources(directory));
    if (!distribution) throw new Error('There is no distribution.');
    listening = await serveDistribution(() => ({ distribution, apiPorts: new Map([['abc', port]]) }), 0);
  });
  afterAll(async () => {
    await listening.close();
    api.close();
    rmSync(directory, { recursive: true });
  });

  const get = (where: string, init?: RequestInit) => fetch(listening.url + where, init);

  it.each(['/', '/index.html', '/domains/d1/users?search=a'])('answers %s with the page', async (where) => {
    const response = await get(where);
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

  it('says how long a file may be kept, and of one that is not there nothing', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/none.css')).headers.get('cache-control')).toBeNull();
  });

  it('answers 304 to whom the page is known', async () => {
    const { headers } = await get('/');
    const again = await get('/', { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it.each(['/assets/none.js', '/none.css', '/..%2findex.html'])('does not have %s', async (where) => {
    expect((await get(where)).status).toBe(403);
  });

  it('refuses a path that is no UTF-8', async () => {
    expect((await get('/assets/%ff.js')).status).toBe(400);
    expect((await get('/%.js')).status).toBe(400);
  });

  it('goes on where a client hangs up in the middle of its request', async () => {
    const { port } = new URL(listening.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), LOOPBACK, () => {
        socket.write('POST /admin/v1/me HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
        api.once('request', () => socket.destroy());
      });
      socket.once('close', () => resolve());
    });
    expect((await get('/admin/v1/me')).status).toBe(418);
  });

  it('passes on to the API, with method, query, body and where it comes from', async () => {
    const response = await get('/admin/v1/me?a=1', { method: 'POST', body: 'sent' });
    expect(response.status).toBe(418);
    expect(response.headers.get('x-seen')).toBe('POST /admin/v1/me?a=1 127.0.0.1');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('sent');
  });

  it('puts its own headers in the place of the viewer’s', async () => {
    for (const init of [{}, { headers: { 'X-PASSAGE': 'guessed' } }]) {
      const response = await get('/admin/v1/me', init);
      expect(response.headers.get('x-passage-seen')).toBe('secret');
    }
  });

  it('refuses a method that the behaviour does not take', async () => {
    expect((await get('/', { method: 'POST' })).status).toBe(403);
  });

  it('says what it cannot run', () => {
    const [distribution, ...others] = resources(directory);
    const config = distribution?.properties.DistributionConfig as Record<string, unknown>;
    const odd = { ...config, CustomErrorResponses: [{ ErrorCode: 403 }] };
    const changed = resource('AWS::CloudFront::Distribution', 'E1', { DistributionConfig: odd });
    expect(() => distributionsFromTemplate([changed, ...others])).toThrow(UserError);
    expect(() =>
      distributionsFromTemplate([distribution, others[0], others[1]].flatMap((one) => one ?? [])),
    ).toThrow(/has nothing at bucket\.s3/);
  });
});
