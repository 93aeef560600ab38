import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  noHistoryYet: 'Noch kein Verlauf.',
  byActor: 'durch {{actor}}',
  toAddress: 'An {{address}}',
  seatsInUse: 'Belegte Plätze',
  seatsAndRatePlan: 'Plätze und Ratenplan',
  onlyOperatorServiceChangeSettings: 'Nur der Betreiber des Dienstes kann diese Einstellungen ändern.',
  seatsTaken: 'Belegte Plätze: {{taken}} von {{seats}}',
  activeLicenses: 'Aktive Lizenzen',
  waitingForASeat: 'Warten auf einen Platz',
  seats: 'Plätze',
  unlimited: 'Unbegrenzt',
  whenAllSeatsAreTaken: 'Wenn alle Plätze belegt sind',
  ratePlan: 'Ratenplan',
  seatsRatePlanSaved: 'Die Plätze und der Ratenplan wurden gespeichert.',
  lessThanNumberActiveLicenses:
    'Das ist weniger als die Zahl der aktiven Lizenzen. Niemand verliert eine Lizenz, aber neue Benutzer erhalten keine.',
  maximumNumberActiveLicensesLeave: 'Die Höchstzahl aktiver Lizenzen. Leer lassen für kein Limit.',
};
