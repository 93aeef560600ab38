import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BucketFiles } from '../../../../local/services/s3/bucket-files';
import { UserError } from '../../../../local/host/user-error';
import { resource, stackWith } from '../../resources';

describe('the files of a bucket', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'bucket-'));
    mkdirSync(path.join(directory, 'site/assets'), { recursive: true });
    mkdirSync(path.join(directory, 'config'));
    writeFileSync(path.join(directory, 'site/index.html'), '<html>');
    writeFileSync(path.join(directory, 'site/assets/a.js'), 'a');
    mkdirSync(path.join(directory, 'parts'));
    writeFileSync(path.join(directory, 'parts/url.txt'), 'https://<<marker:0>>.example.com/<<marker:1>>');
    writeFileSync(path.join(directory, 'secret'), 'not in the bucket');
    writeFileSync(path.join(directory, 'config/config.json'), '{"name":"<<marker:0>>"}');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const files = (properties: Readonly<Record<string, unknown>> = {}) => {
    const stack = stackWith({ h1: path.join(directory, 'site'), h2: path.join(directory, 'config') });
    const deployment = {
      DestinationBucketName: 'bucket',
      SourceObjectKeys: ['h1.zip', 'h2.zip'],
      SourceMarkers: [{}, { '<<marker:0>>': 'Say "hi"' }],
      SourceMarkersConfig: [{}, { jsonEscape: true }],
      ...properties,
    };
    return BucketFiles.of('bucket', [resource('Custom::CDKBucketDeployment', 'D', deployment, {}, stack)]);
  };

  it('come from all sources of the deployments', () => {
    expect(files().read('index.html')?.content.toString()).toBe('<html>');
    expect(files().read('assets/a.js')?.content.toString()).toBe('a');
  });

  it('have values instead of markers, escaped if they are in JSON', () => {
    expect(JSON.parse(files().read('config.json')?.content.toString() ?? '')).toEqual({ name: 'Say "hi"' });
  });

  it('stay as they are if they contain no marker, such as pictures', () => {
    const picture = Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x0a]);
    writeFileSync(path.join(directory, 'config/picture.png'), picture);
    expect(files().read('picture.png')?.content).toEqual(picture);
  });

  it('have a rewritten URL whose parts were several markers', () => {
    const stack = stackWith({ h1: path.join(directory, 'parts') });
    const deployment = {
      DestinationBucketName: 'bucket',
      SourceObjectKeys: ['h1.zip'],
      SourceMarkers: [{ '<<marker:0>>': 'a1', '<<marker:1>>': 'v2' }],
    };
    const resources = [resource('Custom::CDKBucketDeployment', 'D', deployment, {}, stack)];
    const toLocal = (text: string) => text.replace('https://a1.example.com/v2', 'http://127.0.0.1:1');
    expect(BucketFiles.of('bucket', resources, toLocal).read('url.txt')?.content.toString()).toBe(
      'http://127.0.0.1:1',
    );
  });

  it('are filtered by the deployment, and have its cache control', () => {
    const assets = files({
      Exclude: ['*'],
      Include: ['assets/*'],
      SystemMetadata: { 'cache-control': 'immutable' },
    });
    expect(assets.read('assets/a.js')?.cacheControl).toBe('immutable');
    expect(assets.read('index.html')).toBeUndefined();
    expect(files({ Exclude: ['assets/*'] }).read('assets/a.js')).toBeUndefined();
    expect(files({ Exclude: ['assets/*'] }).read('index.html')?.cacheControl).toBeUndefined();
  });

  it.each(['none.js', 'assets', '../secret', ''])('do not include %j', (key) => {
    expect(files().read(key)).toBeUndefined();
  });

  it('do not include files of another bucket', () => {
    expect(files({ DestinationBucketName: 'other' }).read('index.html')).toBeUndefined();
  });

  it('cannot come from an asset that was not synthesized', () => {
    expect(() => files({ SourceObjectKeys: ['h3.zip'] })).toThrow(UserError);
  });
});
