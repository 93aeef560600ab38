import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  noHistoryYet: 'Noch kein Verlauf.',
  byActor: 'durch {{actor}}',
  toAddress: 'An {{address}}',
  seatsInUse: 'Belegte Plätze',
  seatsAndRatePlan: 'Plätze und Nutzungsplan',
  onlyOperatorServiceChangeSettings: 'Nur der Betreiber des Dienstes kann diese Einstellungen ändern.',
  seatsTaken: 'Belegte Plätze: {{taken}} von {{seats}}',
  activeLicenses: 'Aktive Lizenzen',
  waitingForASeat: 'Warten auf einen Platz',
  seats: 'Plätze',
  unlimited: 'Unbegrenzt',
  whenAllSeatsAreTaken: 'Wenn alle Plätze belegt sind',
  ratePlan: 'Nutzungsplan',
  seatsRatePlanSaved: 'Die Plätze und der Nutzungsplan wurden gespeichert.',
  lessThanNumberActiveLicenses:
    'Das ist weniger als die Zahl der aktiven Lizenzen. Niemand verliert eine Lizenz, aber neue Benutzer erhalten keine.',
  maximumNumberActiveLicensesLeave: 'Die Höchstzahl aktiver Lizenzen. Leer lassen für kein Limit.',
  licenses: 'Lizenzen',
  licensesOverTime: 'Lizenzen und Plätze im Zeitverlauf',
  licensesOverTimeDescription:
    'Für jeden Tag werden die Zahlen seiner ersten Stunde (UTC) angezeigt, für den letzten Tag die aktuellen Zahlen.',
  licensesOnDay: '{{day}}: {{active}} aktiv, {{pending}} wartend, {{inactive}} inaktiv. Plätze: {{seats}}.',
  firstDayOfChart: 'Das Diagramm beginnt heute und wächst jede Nacht um einen Tag.',
  period: 'Zeitraum',
  last30Days: 'Letzte 30 Tage',
  last90Days: 'Letzte 90 Tage',
  last12Months: 'Letzte 12 Monate',
  day: 'Tag',
  today: 'Heute',
  active: 'Aktiv',
  waiting: 'Wartet auf einen Platz',
  inactive: 'Inaktiv',
  showAsTable: 'Als Tabelle anzeigen',
};
