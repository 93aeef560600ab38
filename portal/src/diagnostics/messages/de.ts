import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  details: 'Details',
  actionRequired: 'Handlungsbedarf',
  needsAttention: 'Zu beachten',
  goodToKnow: 'Gut zu wissen',
  requestsInTheLastHour: 'Anfragen in der letzten Stunde',
  noRequestsLastHour: 'Keine Anfragen in der letzten Stunde.',
  connection: 'Verbindung',
  requests: 'Anfragen',
  requestsLastHourConnection: 'Anfragen in der letzten Stunde nach Verbindung',
  readiness: 'Betriebsbereitschaft',
  checked: 'Geprüft: <time/>.',
  findingsThatNeedYourAttention: 'Befunde, die Ihre Aufmerksamkeit erfordern.',
  checkAgain: 'Noch einmal prüfen',
  noFindings: 'Keine Befunde',
  nothingNeedsYourAttention: 'Es besteht kein Handlungsbedarf.',
  chartDescription: 'Anfragen in der letzten Stunde: {{total}}. Höchstwert: {{peak}} pro Minute.',
  oneHourAgo: 'vor 1 Stunde',
  totalAndPeak: 'Gesamt: {{total}}. Höchstwert: {{peak}} pro Minute.',
  now: 'Jetzt',
  planWithoutLimit: 'Der Nutzungsplan {{plan}} hat kein Limit. Anfragen werden nicht gezählt.',
  planAllows:
    'Der Nutzungsplan {{plan}} erlaubt {{perMinute}} Anfragen pro Minute und {{perTenSeconds}} pro zehn Sekunden.',
  needAttention_one: '<number>{{count}}</number><words> Befund erfordert Ihre Aufmerksamkeit</words>',
  needAttention_other: '<number>{{count}}</number><words> Befunde erfordern Ihre Aufmerksamkeit</words>',
  whatMeansHowFix: 'Was das bedeutet und was zu tun ist',
};
