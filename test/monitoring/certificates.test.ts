import { MetricStore } from '../../local/cloud/metrics/metric-store';
import { runAlarms } from '../../local/services/cloudwatch/alarms/alarm-run';
import { alarmsFromTemplate } from '../../local/services/cloudwatch/alarms/from-template';
import { resourcesOf, synthesize } from '../lib/synthesize';
import { resource } from '../local/resources';
import { summaryOf } from '../support/monitoring/timeline';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/abc';
const HOUR_MS = 3_600_000;

const templates = Object.values(
  synthesize({
    alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:alarms',
    domainName: 'scim.example.com',
    certificateArn: CERTIFICATE,
    portalDomainName: 'licenses.example.com',
    portalCertificateArn: CERTIFICATE,
  }),
);
const alarms = alarmsFromTemplate(
  templates
    .flatMap((template) => Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm')))
    .filter(([, { Properties }]) => Properties.MetricName === 'DaysToExpiry')
    .map(([id, { Properties }]) => resource('AWS::CloudWatch::Alarm', id, Properties)),
);

/** Returns the notifications while ACM reports these numbers of days, each of them for a day. */
function notificationsOf(days: readonly number[], delayMs: number): string[] {
  const store = new MetricStore(Infinity);
  for (const [day, value] of days.entries())
    // ACM reports twice a day.
    for (const hour of [3, 15])
      store.put({
        ...{ namespace: 'AWS/CertificateManager', name: 'DaysToExpiry', value },
        ...{ dimensions: { CertificateArn: CERTIFICATE }, timestamp: (24 * day + hour) * HOUR_MS },
      });
  const range = { start: 24 * HOUR_MS, end: 24 * days.length * HOUR_MS };
  return summaryOf(runAlarms(alarms, store, range, { delayMs })).notifications;
}

describe.each([0, 120_000])('with metrics that arrive %d ms late', (delayMs) => {
  test('a certificate that ACM renews in time sets off no alarm', () => {
    expect(notificationsOf([61, 60, 395, 394], delayMs)).toEqual([]);
  });

  test('the certificates of the APIs and of the portal set off their alarms once, and a renewal ends them', () => {
    expect(notificationsOf([32, 31, 30, 29, 28, 395, 394], delayMs)).toEqual([
      'CertificateExpires ALARM',
      'PortalCertificateExpires ALARM',
      'CertificateExpires OK',
      'PortalCertificateExpires OK',
    ]);
  });
});
