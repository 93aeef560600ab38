import { Option } from 'commander';
import { intendedCommand } from '../../../local/product/npm-flags';

const OPTIONS = ['--fresh', '--no-synth', '--port <number>', '--portal-port <number>', '--verbose'].map(
  (flags) => new Option(flags),
);

it.each([
  ['npm start', {}, [], undefined],
  ['npm start --fresh', { npm_config_fresh: 'true' }, [], 'npm start -- --fresh'],
  ['npm start --no-synth', { npm_config_synth: '' }, [], 'npm start -- --no-synth'],
  ['npm start --port=4000', { npm_config_port: '4000' }, [], 'npm start -- --port 4000'],
  ['npm start --port 4000', { npm_config_port: 'true' }, ['4000'], 'npm start -- --port 4000'],
  [
    'npm start --fresh --port 4000',
    { npm_config_fresh: 'true', npm_config_port: 'true' },
    ['4000'],
    'npm start -- --fresh --port 4000',
  ],
  [
    'npm start --fresh -- --port 4000',
    { npm_config_fresh: 'true' },
    ['--port', '4000'],
    'npm start -- --fresh --port 4000',
  ],
  [
    'npm start --port 4000 --portal-port 4001',
    { npm_config_port: 'true', npm_config_portal_port: 'true' },
    ['4000', '4001'],
    'npm start -- --port <value> --portal-port <value>',
  ],
  ['npm start --verbose', { npm_config_verbose: 'true' }, [], undefined],
])('%s', (_, env, args, command) => {
  expect(intendedCommand(OPTIONS, env, args)).toBe(command);
});
