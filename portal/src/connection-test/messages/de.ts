import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  testThisConnection: 'Diese Verbindung testen',
  sendsWhatIdentityProviderSends:
    'Sendet, was der Identity Provider sendet: Der Test legt zwei Benutzer und eine Gruppe an, deren Namen auf @simulator.invalid enden, ändert sie und löscht sie wieder. Die Testbenutzer erhalten keine Lizenz und keine E-Mail. Der Test hat einen eigenen Zugangsnachweis, der nach dem Test ungültig wird.',
  aboutConnectionTests: 'Über Verbindungstests',
  requestsToSimulate: 'Simulierte Anfragen',
  stopTheTest: 'Test beenden',
  progressOfTheTest: 'Fortschritt des Tests',
  followAdviceEachFailedStep:
    'Folgen Sie bei jedem fehlgeschlagenen Schritt dem Hinweis, und testen Sie noch einmal.',
  theTestWasStopped: 'Der Test wurde beendet',
  usersGroupDeleted: 'Seine Benutzer und seine Gruppe sind gelöscht.',
  allStepsPassed: 'Alle Schritte bestanden',
  serviceAcceptsWhatIdentityProvider:
    'Der Dienst akzeptiert, was dieser Identity Provider sendet. Die Testbenutzer und die Gruppe sind gelöscht.',
  passed: 'Bestanden',
  failed: 'Fehlgeschlagen',
  skipped: 'Übersprungen',
  stepOf: 'Schritt {{step}} von {{steps}}',
  stepsFailed_one: 'Ein Schritt ist fehlgeschlagen',
  stepsFailed_other: '{{count}} Schritte sind fehlgeschlagen',
  phaseTestConnection: 'Verbindung testen',
  phaseMatch: 'Abgleich',
  phaseCreate: 'Anlegen',
  phaseUpdate: 'Ändern',
  phaseGroupPush: 'Gruppen übertragen',
  phaseDeactivate: 'Deaktivieren',
  phaseCleanup: 'Aufräumen',
};
