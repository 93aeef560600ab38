import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAssembly } from '../../../../local/cloud/template/assembly';

describe('loadAssembly', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'assembly-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (name: string, content: unknown) =>
    writeFileSync(path.join(directory, name), JSON.stringify(content));
  const stackOf = (name: string, dependencies: string[] = []) => ({
    type: 'aws:cloudformation:stack',
    dependencies,
    properties: { templateFile: `${name}.json`, stackName: name },
  });

  it('lists stacks after their dependencies', () => {
    write('A.json', { Resources: {} });
    write('B.json', { Resources: { T: { Type: 'AWS::CDK::Metadata' } } });
    write('manifest.json', {
      artifacts: { A: stackOf('A', ['B']), Tree: { type: 'cdk:tree' }, B: stackOf('B') },
    });
    expect(loadAssembly(directory).map(({ name }) => name)).toEqual(['B', 'A']);
  });

  it('finds the assets', () => {
    write('A.json', {});
    write('A.assets.json', { files: { abc: { source: { path: 'asset.abc' } } } });
    const assets = { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } };
    write('manifest.json', { artifacts: { 'A.assets': assets, A: stackOf('A', ['A.assets']) } });
    expect(loadAssembly(directory)[0]?.assets.get('abc')).toBe(path.join(directory, 'asset.abc'));
  });

  it('explains what to do if nothing was synthesized', () => {
    expect(() => loadAssembly(directory)).toThrow('Run "npm run synth" first');
  });

  it('refuses a malformed file', () => {
    write('manifest.json', { artifacts: [] });
    expect(() => loadAssembly(directory)).toThrow('does not have the format that CDK writes');
  });
});
