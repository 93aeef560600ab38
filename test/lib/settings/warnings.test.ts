import { readConfig } from '../../../lib/config';
import { warningsOf } from '../../../lib/settings/warnings';
import { REQUIRED_SETTINGS, settingsDirectory } from './settings-directory';

const warnings = (settings: Record<string, unknown>, stage = 'prod'): string[] =>
  warningsOf(
    readConfig(
      { stage },
      settingsDirectory({ [stage]: { ...REQUIRED_SETTINGS, region: 'eu-west-1', ...settings } }),
    ),
  );

describe('Synthesis warns', () => {
  test('if nobody is notified of alarms', () => {
    expect(warnings({ protect: true })).toEqual([
      'Nobody is notified of alarms of the stage prod. Set "alarmEmail" or "alarmTopicArn" in settings/prod.json.',
    ]);
    expect(warnings({ protect: true, alarmEmail: 'ops@example.com' })).toEqual([]);
    expect(warnings({ protect: true, alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms' })).toEqual(
      [],
    );
  });

  test('if a stage that keeps its data is not protected', () => {
    const alarmEmail = 'ops@example.com';
    expect(warnings({ alarmEmail })).toEqual([expect.stringContaining('not protected from deletion')]);
    expect(warnings({ alarmEmail, removalPolicy: 'destroy' })).toEqual([]);
  });

  test('if keys are fetched without encryption', () => {
    const secure = { protect: true, alarmEmail: 'ops@example.com' };
    expect(warnings({ ...secure, jwksOrigins: ['http://id.example.com', 'https://id.example.com'] })).toEqual(
      [expect.stringContaining('fetches keys from http://id.example.com without encryption')],
    );
  });

  test('if webhooks are sent without encryption', () => {
    const secure = { protect: true, alarmEmail: 'ops@example.com' };
    const webhookOrigins = ['http://hooks.example.com', 'https://hooks.example.com:9443'];
    expect(warnings({ ...secure, webhookOrigins })).toEqual([
      expect.stringContaining('send webhooks to http://hooks.example.com without encryption'),
    ]);
  });

  test('if an origin cannot be reached, because the functions are not in a private network', () => {
    const secure = { protect: true, alarmEmail: 'ops@example.com' };
    const jwksOrigins = ['https://[fd00::1]:8443', 'https://id.example.com'];
    const webhookOrigins = ['https://10.0.0.5:8443', 'https://localhost:3003', 'https://8.8.8.8:9443'];
    expect(warnings({ ...secure, jwksOrigins, webhookOrigins })).toEqual(
      ['https://[fd00::1]:8443', 'https://10.0.0.5:8443', 'https://localhost:3003'].map(
        (origin) => expect.stringContaining(`cannot reach ${origin}`) as string,
      ),
    );
  });

  test('of nothing in the local stage', () => {
    expect(warnings({}, 'local')).toEqual([]);
  });
});
