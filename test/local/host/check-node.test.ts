import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSupported } from '../../../local/host/check-node.cjs';

describe('the versions of Node', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.13.0', 'v22.20.0', 'v24.0.0', 'v26.1.0'])('include %s', (version) =>
    expect(isSupported(version)).toBe(true),
  );

  it.each(['v18.20.8', 'v20.15.0', 'v20.18.3', 'v21.7.3', 'v22.12.0', 'v23.11.0'])(
    'do not include %s',
    (version) => expect(isSupported(version)).toBe(false),
  );

  it.each(['v18.20.8', 'v23.11.0'])(
    'that are not supported end a command with an explanation: %s',
    (version) => {
      const preload = `data:text/javascript,Object.defineProperty(process,"version",{value:"${version}"})`;
      const file = join(__dirname, '../../../local/host/check-node.cjs');
      const { status, stderr } = spawnSync(process.execPath, ['--import', preload, file], {
        encoding: 'utf8',
      });
      expect(status).toBe(1);
      expect(stderr).toContain(`Node ${version} is not supported. Install Node 20 (20.19 or later)`);
    },
  );

  it('are those that package.json names', () => {
    const { engines } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
      engines: { node: string };
    };
    expect(engines.node).toBe('^20.19.0 || ^22.13.0 || >=24.0.0');
  });
});
