import type { Translation } from '../../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  serviceUnreachable: 'Der Dienst ist nicht erreichbar',
  checkConnection:
    'Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal. Wenn Sie etwas geändert haben, prüfen Sie, ob es gespeichert wurde.',
  serviceError: 'Der Dienst hat einen Fehler gemeldet',
  tryAgainLater:
    'Versuchen Sie es in einer Minute noch einmal. Wenn der Fehler bestehen bleibt, wenden Sie sich an den Betreiber des Dienstes.',
};
