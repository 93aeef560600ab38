import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  details: 'Details',
  actionRequired: 'Handlung nötig',
  needsAttention: 'Braucht Aufmerksamkeit',
  goodToKnow: 'Gut zu wissen',
  requestsInTheLastHour: 'Anfragen in der letzten Stunde',
  noRequestsLastHour: 'Keine Anfragen in der letzten Stunde.',
  connection: 'Verbindung',
  requests: 'Anfragen',
  requestsLastHourConnection: 'Anfragen in der letzten Stunde nach Verbindung',
  readiness: 'Bereitschaft',
  checked: 'Geprüft: <time/>.',
  findingsThatNeedYourAttention: 'Befunde, die Ihre Aufmerksamkeit brauchen.',
  checkAgain: 'Noch einmal prüfen',
  noFindings: 'Keine Befunde',
  nothingNeedsYourAttention: 'Nichts braucht Ihre Aufmerksamkeit.',
  chartDescription: 'Anfragen in der letzten Stunde: {{total}}. Höchstwert: {{peak}} pro Minute.',
  oneHourAgo: 'vor 1 Stunde',
  totalAndPeak: 'Gesamt: {{total}}. Höchstwert: {{peak}} pro Minute.',
  now: 'Jetzt',
  planWithoutLimit: 'Der Ratenplan {{plan}} hat kein Limit. Anfragen werden nicht gezählt.',
  planAllows:
    'Der Ratenplan {{plan}} erlaubt {{perMinute}} Anfragen pro Minute und {{perTenSeconds}} pro zehn Sekunden.',
  needAttention_one: '<number>{{count}}</number><words> Befund braucht Ihre Aufmerksamkeit</words>',
  needAttention_other: '<number>{{count}}</number><words> Befunde brauchen Ihre Aufmerksamkeit</words>',
  whatMeansHowFix: 'Was das bedeutet und was zu tun ist',
};
